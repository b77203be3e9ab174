// Java's own clients: one program for AdminClient, one for producer and consumer.
import { programLibs } from '../harness/install.ts'
import { toolJava } from '../harness/java.ts'
import type { Scenario } from '../harness/stage.ts'

const program = (name: string, mainClass: string, title: string): Scenario => ({
  name,
  title,
  needs: ['java'],
  run: stage => stage.program(name, 'java', toolJava(programLibs, mainClass)),
})

export const javaClients: readonly Scenario[] = [
  program(
    'java-admin',
    'AdminConformance',
    "Java's AdminClient: results and errors of every call one node can answer",
  ),
  program(
    'java-clients',
    'ClientConformance',
    "Java's producer and consumer: codecs, limits, groups, positions",
  ),
  program(
    'java-transactions',
    'TransactionConformance',
    "Java's transactional producer, copier, admin client and Kafka Streams: exactly once, fencing, time-outs",
  ),
]

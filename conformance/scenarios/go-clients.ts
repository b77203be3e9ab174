// Go clients: sarama, kafka-go, franz-go and confluent-kafka-go, each a program that makes its own checks.
import type { ForeignProgram } from '../harness/install.ts'
import { confluentGoProgram, goProgram } from '../harness/install.ts'
import type { Scenario } from '../harness/stage.ts'

const program = (name: string, title: string, need: ForeignProgram, binary = goProgram(name)): Scenario => ({
  name,
  title,
  needs: [need],
  run: stage => stage.program(name, binary, []),
})

export const goClients: readonly Scenario[] = [
  program('sarama', 'IBM/sarama: producers, consumer group, cluster admin', 'go'),
  program('kafka-go', 'segmentio/kafka-go: Writer, Reader, groups, low-level Conn, Client', 'go'),
  program(
    'franz-go',
    'twmb/franz-go: idempotent producing, direct and group consuming, transactions, kadm',
    'go',
  ),
  program(
    'confluent-go',
    'confluent-kafka-go (librdkafka): producer, consumer group, AdminClient',
    'confluent-go',
    confluentGoProgram,
  ),
]

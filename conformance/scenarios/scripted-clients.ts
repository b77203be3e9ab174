// Clients of scripting languages: confluent-kafka for Python, KafkaJS and @platformatic/kafka for Node.
import { join } from 'node:path'
import { nodeProgram, python } from '../harness/install.ts'
import { programsDir } from '../harness/paths.ts'
import type { Scenario } from '../harness/stage.ts'

const node = (name: string, title: string): Scenario => ({
  name,
  title,
  needs: ['node'],
  run: stage => stage.program(name, process.execPath, [nodeProgram(`${name}.mjs`)]),
})

const confluentPython: Scenario = {
  name: 'confluent-python',
  title: 'confluent-kafka for Python (librdkafka): producer, consumer group, AdminClient, transactions',
  needs: ['python'],
  run: stage => stage.program('confluent-python', python, [join(programsDir, 'python', 'confluent.py')]),
}

const kafkaPython: Scenario = {
  name: 'kafka-python',
  title: 'kafka-python: transactions',
  needs: ['python'],
  run: stage => stage.program('kafka-python', python, [join(programsDir, 'python', 'kafka_python.py')]),
}

export const scriptedClients: readonly Scenario[] = [
  confluentPython,
  kafkaPython,
  node('kafkajs', 'KafkaJS 2.2.4: producer with every codec, consumer groups, admin'),
  node('platformatic', '@platformatic/kafka: producer with every codec, consumer groups, admin'),
]

// The wire protocol, request by request: the same questions to both brokers in every version, the answers compared.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ApacheKafka } from '../harness/apache-kafka.ts'
import { kafkaLibs } from '../harness/install.ts'
import { conformanceDir } from '../harness/paths.ts'
import type { Scenario } from '../harness/stage.ts'
import { telemetryReceiver } from '../harness/telemetry-receiver.ts'

export const wire: Scenario = {
  name: 'wire',
  title: 'each API in every version, good and bad requests: Millrace answers as Apache Kafka does',
  engines: ['millrace'],
  needs: [],
  async run(stage) {
    const dir = join(stage.dir, 'oracle')
    mkdirSync(dir, { recursive: true })
    // Retention of the batches whose timestamps are old must not come into the middle of the questions, which it does after half a minute.
    const noRetention = { 'log.initial.task.delay.ms': '600000' }
    const { plugins, properties } = await telemetryReceiver(dir, kafkaLibs)
    const oracle = await ApacheKafka.create({ dir, plugins, properties: { ...properties, ...noRetention } })
    try {
      await oracle.start()
      const script = join(conformanceDir, 'wire', 'compare.ts')
      await stage.program('wire', process.execPath, ['--conditions=@millrace/source', script], {
        env: { ORACLE: oracle.bootstrap },
        timeoutMs: 240_000,
      })
    } finally {
      await oracle.kill9()
    }
  },
}

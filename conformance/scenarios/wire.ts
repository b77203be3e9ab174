// The wire protocol, request by request: the same questions to both brokers in every version, the answers compared.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ApacheKafka } from '../harness/apache-kafka.ts'
import { conformanceDir } from '../harness/paths.ts'
import type { Scenario } from '../harness/stage.ts'

export const wire: Scenario = {
  name: 'wire',
  title: 'each API in every version, good and bad requests: Millrace answers as Apache Kafka does',
  engines: ['millrace'],
  needs: ['kafka'],
  async run(stage) {
    const dir = join(stage.dir, 'oracle')
    mkdirSync(dir, { recursive: true })
    const oracle = await ApacheKafka.create({ dir })
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

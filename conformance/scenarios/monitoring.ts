// Dashboards and alert rules of @millrace/monitor against Debian's Prometheus, with a service and a lag monitor on the broker of this stage.
import { join } from 'node:path'
import { conformanceDir, repositoryDir } from '../harness/paths.ts'
import type { Scenario } from '../harness/stage.ts'

export const monitoring: Scenario = {
  name: 'monitoring',
  title: 'alert rules pass promtool, and every query of the dashboards has an answer of Prometheus',
  needs: ['prometheus'],
  run: async stage => {
    await stage.check('rules are valid and say what they should, panels have data', async () => {
      const { stdout } = await stage.run(
        process.execPath,
        ['--conditions=@millrace/source', join(conformanceDir, 'monitoring.ts')],
        { cwd: repositoryDir, env: { KAFKA_URI: stage.bootstrap }, timeoutMs: 180_000 },
      )
      for (const line of stdout.trim().split('\n')) console.log(`              ${line.trim()}`)
    })
  },
}

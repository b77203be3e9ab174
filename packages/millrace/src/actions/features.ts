// `millrace features describe`, `upgrade` and `downgrade`: what they do.
import type { FeatureUpgradeName } from '@millrace/client'
import type { ClusterOptions, Context } from '../context.ts'
import type { FeatureChangeOptions, FeatureLevel } from '../options/features.ts'
import { printRows } from '../output/terminal.ts'
import { withAdmin } from './connect.ts'

export async function describeFeatures(options: ClusterOptions, context: Context): Promise<void> {
  await withAdmin(options, context, async admin => {
    const { features } = await admin.describeFeatures({ signal: context.signal })
    await printRows(
      context.terminal,
      features.map(({ name, level, minLevel, maxLevel }) => ({ feature: name, level, minLevel, maxLevel })),
      [
        { title: 'FEATURE', value: row => row.feature },
        { title: 'LEVEL', value: row => row.level },
        { title: 'MIN', value: row => row.minLevel },
        { title: 'MAX', value: row => row.maxLevel },
      ],
      options.json ?? false,
    )
  })
}

export async function changeFeatures(
  levels: readonly FeatureLevel[],
  kind: FeatureUpgradeName,
  options: FeatureChangeOptions,
  context: Context,
): Promise<void> {
  const { dryRun = false, json = false } = options
  await withAdmin(options, context, async admin => {
    const { features } = await admin.describeFeatures({ signal: context.signal })
    const before = new Map(features.map(({ name, level }) => [name, level]))
    const updates = levels.map(({ name, level }) => ({ name, level, kind }))
    await admin.updateFeatures(updates, { validateOnly: dryRun, signal: context.signal })
    const done = kind === 'upgrade' ? 'upgraded' : 'downgraded'
    const changed = dryRun ? `would be ${done}` : done
    const rows = levels.map(({ name, level }) => ({
      feature: name,
      level,
      result: before.get(name) === level ? 'unchanged' : changed,
    }))
    await printRows(
      context.terminal,
      rows,
      [
        { title: 'FEATURE', value: row => row.feature },
        { title: 'LEVEL', value: row => row.level },
        { title: 'RESULT', value: row => row.result },
      ],
      json,
    )
  })
}

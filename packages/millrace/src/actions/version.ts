// `millrace version`: what it does.
import type { Context } from '../context.ts'
import { printJson } from '../output/terminal.ts'
import { version } from '../version.ts'

export async function printVersion(
  { json = false }: { readonly json?: boolean },
  { terminal }: Context,
): Promise<void> {
  const { platform, arch, versions } = process
  const shown = { millrace: version(), node: versions.node, platform: `${platform}-${arch}` }
  if (json) await printJson(terminal, shown)
  else await terminal.write(`millrace ${shown.millrace} (Node ${shown.node}, ${shown.platform})\n`)
}

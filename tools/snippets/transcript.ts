// A `console` block: commands behind `$ `, each with the output that the page shows for it.

export interface Step {
  readonly command: string
  readonly expected: readonly string[]
}

/** Throws when the block shows output before its first command. */
export function stepsOf(code: string): Step[] {
  const steps: { command: string; expected: string[] }[] = []
  for (const line of code.trimEnd().split('\n')) {
    const last = steps.at(-1)
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), expected: [] })
    else if (!last) throw new Error(`"${line}" stands before the first "$ "`)
    else if (last.command.endsWith('\\') && last.expected.length === 0) last.command += `\n${line}`
    else last.expected.push(line)
  }
  return steps
}

/** Whether this was printed. `…` stands for anything within a line; alone in its line for any number of lines. */
export function shows(expected: readonly string[], output: string): boolean {
  const lines = expected.map(line =>
    line.trim() === '…' ? '(?:.*\n)*' : `${line.trimEnd().split('…').map(escape).join('.*')}\n`,
  )
  const printed = output.replace(/[ \t]+$/gm, '').trimEnd()
  return new RegExp(`^${lines.join('')}$`).test(printed === '' ? '' : `${printed}\n`)
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

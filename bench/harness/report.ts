// Tables of results on the terminal, and the same as JSON and Markdown files.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

export interface ResultTable {
  readonly title: string
  /** Settings that must be known to read the numbers: durability, sizes, rounds. */
  readonly settings: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  /** What the numbers are held against, each line a verdict such as "met: 1.4× of Apache Kafka (at least 1×)". */
  readonly verdicts: readonly string[]
}

/** Three significant digits, thousands separated; `-` for what was not measured. */
export function show(value: number): string {
  if (Number.isNaN(value)) return '-'
  if (!Number.isFinite(value)) return '∞'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US')
  return value === 0 ? '0' : String(Number(value.toPrecision(3)))
}

/** One verdict line: is `value` at least / at most `bound`? */
export function verdict(
  name: string,
  value: number,
  relation: '>=' | '<=',
  bound: number,
  unit = '',
): string {
  const met = relation === '>=' ? value >= bound : value <= bound
  const by = met ? '' : ` (misses by ${show(Math.abs(value / bound - 1) * 100)} %)`
  return `${met ? 'met   ' : 'MISSED'} ${name}: ${show(value)}${unit} ${relation} ${show(bound)}${unit}${by}`
}

function lines(table: ResultTable): string[] {
  const cells = table.rows.map(row => row.map(cell => (typeof cell === 'number' ? show(cell) : cell)))
  const widths = table.columns.map((column, index) =>
    Math.max(column.length, ...cells.map(row => row[index]!.length)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!)))
      .join('  ')
  return [line(table.columns), ...cells.map(line)]
}

/** Prints a table, and its verdicts where it was measured at full length. */
export function printTable(table: ResultTable, smoke: boolean): void {
  console.log(`\n${table.title}\n  ${table.settings}`)
  for (const line of lines(table)) console.log(`  ${line}`)
  if (!smoke) for (const text of table.verdicts) console.log(`  ${text}`)
}

function markdown(table: ResultTable): string {
  const row = (cells: readonly (string | number)[]) =>
    `| ${cells.map(cell => (typeof cell === 'number' ? show(cell) : cell)).join(' | ')} |`
  const rule = `|${table.columns.map((_, index) => (index === 0 ? '---' : '--:')).join('|')}|`
  return [
    `## ${table.title}`,
    '',
    table.settings,
    '',
    row(table.columns),
    rule,
    ...table.rows.map(row),
    '',
    ...table.verdicts.map(text => `- ${text.trim()}`),
    '',
  ].join('\n')
}

/** Writes `<directory>/<suite>.json` and `.md` with the machine noted. */
export function saveTables(directory: string, suite: string, tables: readonly ResultTable[]): void {
  mkdirSync(directory, { recursive: true })
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(
    `${directory}/${suite}.json`,
    `${JSON.stringify({ suite, date, machine, tables }, null, 2)}\n`,
  )
  writeFileSync(
    `${directory}/${suite}.md`,
    `# ${suite}\n\n${date}, ${machine}\n\n${tables.map(markdown).join('\n')}`,
  )
}

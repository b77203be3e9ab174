// Keeps the tables of a suite as JSON, as Markdown, and as a picture where they are drawn.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { chart } from './chart.ts'
import { type ResultTable, show } from './report.ts'

function markdown(table: ResultTable): string {
  const row = (cells: readonly (string | number)[]) =>
    `| ${cells.map(cell => (typeof cell === 'number' ? show(cell) : cell)).join(' | ')} |`
  const rule = `|${table.columns.map((_, index) => (index === 0 ? '---' : '--:')).join('|')}|`
  return [
    `## ${table.title}`,
    '',
    table.measured === undefined ? table.settings : `${table.settings}; ${table.measured}`,
    '',
    row(table.columns),
    rule,
    ...table.rows.map(row),
    '',
    ...table.verdicts.map(text => `- ${text.trim()}`),
    '',
  ].join('\n')
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
const today = (): string => new Date().toISOString().slice(0, 10)

/** Puts a table among those that are kept of its suite, in place of the one of its title, with its day. */
export function addTable(directory: string, suite: string, table: ResultTable): void {
  const file = `${directory}/${suite}.json`
  const kept: readonly ResultTable[] = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { tables: ResultTable[] }).tables
    : []
  const dated = { ...table, measured: `measured on ${today()}` }
  const at = kept.findIndex(({ title }) => title === table.title)
  saveTables(directory, suite, at < 0 ? [...kept, dated] : kept.with(at, dated))
}

/** Writes `<directory>/<suite>.json` and `.md` with the machine noted, and `.svg` where tables are drawn. */
export function saveTables(directory: string, suite: string, tables: readonly ResultTable[]): void {
  mkdirSync(directory, { recursive: true })
  const date = today()
  writeFileSync(
    `${directory}/${suite}.json`,
    `${JSON.stringify({ suite, date, machine, tables }, null, 2)}\n`,
  )
  const picture = chart(tables)
  if (picture !== undefined) writeFileSync(`${directory}/${suite}.svg`, picture)
  const shown = picture === undefined ? '' : `![${suite}](${suite}.svg)\n\n`
  writeFileSync(
    `${directory}/${suite}.md`,
    `# ${suite}\n\n${date}, ${machine}\n\n${shown}${tables.map(markdown).join('\n')}`,
  )
}

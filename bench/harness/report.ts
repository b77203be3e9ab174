// Tables of results on the terminal.

export interface ResultTable {
  readonly title: string
  /** Settings that must be known to read the numbers: durability, sizes, rounds. */
  readonly settings: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  /** What the numbers are held against, each line a verdict such as "met: 1.4× of Apache Kafka (at least 1×)". */
  readonly verdicts: readonly string[]
  /** The column that is drawn, where one is. */
  readonly chartColumn?: string
  /** When it was measured, where tables of other days stand beside it. */
  readonly measured?: string
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

// Tables that fit the terminal: columns sized by their content, numbers to the right, the widest text column cut in its middle when needed.
import { plain } from './plain.ts'
import { paint } from './style.ts'

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string | number | null | undefined
  /** Stands to the right and is never cut. Default: when all values are numbers. */
  readonly numeric?: boolean
  /** Is never cut: half of it says nothing. */
  readonly isWhole?: boolean
  /** Whether the value of a row is one to look at. */
  readonly isAlarming?: (row: Row) => boolean
}

/** What a table is to fit. */
export interface TableStyle {
  /** Columns of the terminal; undefined (a pipe) never cuts. */
  readonly width: number | undefined
  readonly isColored: boolean
}

const gap = '  '
/** Where two spaces do not fit. */
const narrowGap = ' '
const columnWidthMin = 8

let graphemes: Intl.Segmenter | undefined

/** Characters as a reader sees them. Intl's data take 10 ms to load: only text that needs them pays. */
function charactersOf(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split('')
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

const widthOf = (text: string) => charactersOf(text).length

/** Names of one family differ at their ends as often as at their beginnings: both are kept. */
function cut(text: string, width: number): string {
  const characters = charactersOf(text)
  if (characters.length <= width) return text
  const tail = Math.floor((width - 1) / 2)
  const head = width - 1 - tail
  return [...characters.slice(0, head), '…', ...characters.slice(characters.length - tail)].join('')
}

/** Lines of a table with a heading. */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, isColored }: TableStyle,
): string[] {
  const values = rows.map(row => columns.map(column => column.value(row) ?? null))
  const cells = values.map(line =>
    line.map(value => plain(String(value ?? '-').replaceAll(/[\r\n\t]/g, ' '))),
  )
  const numeric = columns.map(
    (column, index) => column.numeric ?? isNumeric(values.map(line => line[index]!)),
  )
  const natural = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...cells.map(line => widthOf(line[index]!))),
  )
  const whole = columns.map((column, index) => numeric[index]! || (column.isWhole ?? false))
  const { widths, between } = fit(natural, whole, width)
  const line = (texts: readonly string[], row?: Row) => {
    const last = texts.length - 1
    const shown = texts.map((text, index) => {
      const short = cut(text, widths[index]!)
      const padding = ' '.repeat(widths[index]! - widthOf(short))
      const isAlarming = row !== undefined && columns[index]!.isAlarming?.(row)
      const colored = isAlarming ? paint(short, 'alarm', isColored) : short
      // Nothing stands behind the last one.
      return numeric[index] ? padding + colored : index === last ? colored : colored + padding
    })
    return shown.join(between).trimEnd()
  }
  const heading = paint(line(columns.map(column => column.title)), 'heading', isColored)
  return [heading, ...cells.map((texts, index) => line(texts, rows[index]!))]
}

function isNumeric(values: readonly (string | number | null)[]): boolean {
  return (
    values.some(value => typeof value === 'number') &&
    values.every(value => value === null || typeof value === 'number')
  )
}

/** Widths of the columns and what stands between them: columns move together before more is cut than must be. */
function fit(
  natural: readonly number[],
  whole: readonly boolean[],
  available: number | undefined,
): { readonly widths: readonly number[]; readonly between: string } {
  if (available === undefined) return { widths: natural, between: gap }
  const spacious = shrink(natural, whole, available - gap.length * (natural.length - 1))
  if (spacious.fits) return { widths: spacious.widths, between: gap }
  const { widths } = shrink(natural, whole, available - narrowGap.length * (natural.length - 1))
  return { widths, between: narrowGap }
}

/** Takes from the widest text column until they fit or nothing more can be taken. */
function shrink(
  natural: readonly number[],
  whole: readonly boolean[],
  available: number,
): { readonly widths: readonly number[]; readonly fits: boolean } {
  const widths = [...natural]
  let total = widths.reduce((sum, width) => sum + width, 0)
  for (; total > available; total--) {
    let widest = -1
    widths.forEach((width, index) => {
      if (!whole[index] && width > columnWidthMin && (widest < 0 || width > widths[widest]!)) widest = index
    })
    if (widest < 0) return { widths, fits: false }
    widths[widest]!--
  }
  return { widths, fits: true }
}

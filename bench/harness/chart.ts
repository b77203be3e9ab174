// A suite's tables as one picture: horizontal bars for each table, ours set apart, as SVG that any browser and GitHub show.
import { type ResultTable, show } from './report.ts'

const width = 760
const nameWidth = 190
const valueWidth = 80
const barHeight = 16
const gap = 4
const titleHeight = 34
const margin = 16
const barsWidth = width - nameWidth - valueWidth - 2 * margin

/** Readable on light and dark pages. */
const style = `
  text { font: 12px system-ui, sans-serif; fill: #57606a }
  .title { font-weight: 600; font-size: 13px; fill: #24292f }
  .own { fill: #0969da } .peer { fill: #afb8c1 }
  @media (prefers-color-scheme: dark) { text { fill: #8b949e } .title { fill: #e6edf3 } .own { fill: #4493f8 } .peer { fill: #484f58 } }`

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function panel(table: ResultTable, column: number, top: number): { svg: string; height: number } {
  const bars = table.rows.flatMap(row => {
    const value = row[column]
    return typeof value === 'number' && Number.isFinite(value) ? [{ name: String(row[0]), value }] : []
  })
  const most = Math.max(...bars.map(({ value }) => value))
  const lines = bars.map(({ name, value }, index) => {
    const y = top + titleHeight + index * (barHeight + gap)
    const length = Math.max(1, (value / most) * barsWidth)
    const kind = name.startsWith('Millrace') ? 'own' : 'peer'
    return (
      `<text x="${margin + nameWidth - 8}" y="${y + 12}" text-anchor="end">${escape(name)}</text>` +
      `<rect class="${kind}" x="${margin + nameWidth}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2"/>` +
      `<text x="${(margin + nameWidth + length + 6).toFixed(1)}" y="${y + 12}">${show(value)}</text>`
    )
  })
  const title = `${escape(table.title)} (${escape(table.columns[column]!)})`
  return {
    svg: [`<text class="title" x="${margin}" y="${top + 20}">${title}</text>`, ...lines].join('\n'),
    height: titleHeight + bars.length * (barHeight + gap) + margin,
  }
}

/** All tables that name a `chartColumn`, one below the other; undefined when none does. */
export function chart(tables: readonly ResultTable[]): string | undefined {
  let top = 0
  const panels: string[] = []
  for (const table of tables) {
    const column = table.columns.indexOf(table.chartColumn ?? '')
    if (column < 0) continue
    const { svg, height } = panel(table, column, top)
    panels.push(svg)
    top += height
  }
  if (panels.length === 0) return undefined
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}">`,
    `<style>${style}</style>`,
    ...panels,
    '</svg>\n',
  ].join('\n')
}

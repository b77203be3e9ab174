// Reads metrics as Prometheus does, and refuses what Prometheus would.
import assert from 'node:assert/strict'

export interface ReadSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/
const sampleLine = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y

/** Throws for a line that is none, a family that comes twice or has no type, and a sample that comes twice. */
export function readExposition(text: string): ReadSample[] {
  assert.ok(text.endsWith('\n'))
  const types = new Map<string, string>()
  const seen = new Set<string>()
  const samples: ReadSample[] = []
  let family = ''
  for (const line of text.trimEnd().split('\n')) {
    const head = comment.exec(line)
    if (head) {
      const [, kind, name = '', rest = ''] = head
      if (kind !== 'TYPE') continue
      assert.ok(!types.has(name), `${name} comes twice`)
      assert.match(rest, /^(counter|gauge|summary|histogram|untyped)$/)
      types.set(name, rest)
      family = name
      continue
    }
    const match = sampleLine.exec(line)
    assert.ok(match, `no sample: ${line}`)
    const [, name = '', labelText = '', value = ''] = match
    assert.ok(
      name === family ||
        (types.get(family) === 'summary' && /^_(sum|count)$/.test(name.slice(family.length))),
      `${name} is not of the family ${family}`,
    )
    assert.ok(!seen.has(`${name}{${labelText}}`), `twice: ${line}`)
    seen.add(`${name}{${labelText}}`)
    const number = value === 'NaN' ? Number.NaN : Number(value)
    assert.ok(value === 'NaN' || !Number.isNaN(number), `no number: ${line}`)
    samples.push({ name, labels: readLabels(labelText), value: number })
  }
  return samples
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {}
  label.lastIndex = 0
  while (label.lastIndex < text.length) {
    const match = label.exec(text)
    assert.ok(match, `no labels: ${text}`)
    labels[match[1]!] = match[2]!.replaceAll(/\\(.)/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped,
    )
  }
  return labels
}

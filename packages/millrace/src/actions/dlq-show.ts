// `millrace dlq show`: what it does.
import { failureHistory, type StoredLetter } from '@millrace/service'
import type { Context } from '../context.ts'
import { isoTime } from '../format/calendar.ts'
import { bytesField } from '../format/json-lines.ts'
import type { DlqShowOptions } from '../options/dlq.ts'
import { plain } from '../output/plain.ts'
import { printJson } from '../output/terminal.ts'
import { countOf } from '../output/units.ts'
import { placeText, readPlace, withLetters } from './dlq-queue.ts'

/** Something that became of the record. */
interface Step {
  /** In ms since the epoch; null where nobody has said. */
  readonly at: number | null
  readonly what: string
}

export async function showLetters(
  topic: string,
  places: readonly string[],
  options: DlqShowOptions,
  context: Context,
): Promise<void> {
  const { signal, terminal } = context
  const wanted = places.map(text => readPlace(text, 'place'))
  await withLetters([topic], options, context, async queue => {
    const letters: StoredLetter[] = []
    for (const place of wanted) letters.push(await queue.letter(place, { signal }))
    if (options.json) await printJson(terminal, letters.map(jsonOf))
    else await terminal.write(`${letters.map(textOf).join('\n\n')}\n`)
  })
}

/** What became of the record, as far as its headers say, the first first. */
export function historyOf(stored: StoredLetter): Step[] {
  const { letter, headers, timestamp, isPending } = stored
  if (!letter) return [{ at: timestamp < 0 ? null : timestamp, what: 'written here; no headers say why' }]
  const { topic, partition, offset, attempts, reason, errorClass, errorMessage, group } = letter
  const steps: Step[] = []
  const origin = `${topic ?? 'a topic that is not named'}${partition === undefined ? '' : `-${partition}`}${offset === undefined ? '' : ` at offset ${offset}`}`
  steps.push({ at: letter.timestamp ?? null, what: `written to ${origin}` })
  if (letter.redrives > 0)
    steps.push({ at: null, what: `sent back from dead letters ${countOf(letter.redrives, 'time')} before` })
  const firstFailedAt = failureHistory(headers)?.firstFailedAt
  if (firstFailedAt !== undefined) steps.push({ at: firstFailedAt, what: 'failed for the first time' })
  const by = group === undefined ? '' : ` by ${group}`
  const after = attempts === undefined ? '' : ` after ${countOf(attempts, 'attempt')}`
  const why = [reason, [errorClass, errorMessage].filter(Boolean).join(': ')].filter(Boolean).join('; ')
  steps.push({
    at: letter.failedAt ?? (letter.editedAt === undefined && timestamp >= 0 ? timestamp : null),
    what: `given up${by}${after}${why ? `: ${why}` : ''}`,
  })
  if (letter.editedAt !== undefined)
    steps.push({ at: letter.editedAt, what: `edited; it stood at ${letter.editedFrom ?? 'another place'}` })
  if (!isPending) steps.push({ at: null, what: 'sent back, or replaced by an edited one' })
  return steps
}

function jsonOf(stored: StoredLetter): object {
  const { topic, partition, offset, timestamp, isPending, letter, headers } = stored
  const { headers: _, ...said } = letter ?? { headers: undefined }
  return {
    topic,
    partition,
    offset,
    timestamp,
    pending: isPending,
    letter: letter
      ? Object.fromEntries(Object.entries(said).map(([name, value]) => [name, value ?? null]))
      : null,
    history: historyOf(stored),
    headers: headers.map(({ key, value }) => ({ key, ...bytesField('value', value) })),
    ...bytesField('key', stored.keyBytes),
    ...bytesField('value', stored.valueBytes),
  }
}

const blankTime = ' '.repeat(isoTime(0).length)

function textOf(stored: StoredLetter): string {
  const { topic, isPending, letter, headers } = stored
  const lines = [
    `${topic} ${placeText(stored)}  ${isPending ? 'pending' : 'done'}${letter ? `  (headers: ${letter.family})` : ''}`,
    '',
    'History:',
    ...historyOf(stored).map(({ at, what }) => `  ${at === null ? blankTime : isoTime(at)}  ${plain(what)}`),
  ]
  if (letter?.errorStack !== undefined)
    lines.push(
      '',
      'Stack:',
      ...letter.errorStack.split('\n').map(line => `  ${plain(line.replaceAll('\t', '    '))}`),
    )
  const own = letter?.headers ?? headers
  lines.push('', 'Headers:')
  for (const { key, value } of own)
    lines.push(`  ${plain(key)}: ${value === null ? 'null' : plain(shown(asBuffer(value)))}`)
  if (own.length === 0) lines.push('  none')
  lines.push('', `Key: ${stored.keyBytes === null ? 'none' : plain(shown(stored.keyBytes))}`)
  lines.push(`Value: ${stored.valueBytes === null ? 'none (a tombstone)' : shownValue(stored.valueBytes)}`)
  return lines.join('\n')
}

function asBuffer(value: Buffer | string): Buffer {
  return typeof value === 'string' ? Buffer.from(value) : value
}

/** Text as it is, other bytes in base64. */
function shown(bytes: Buffer): string {
  const [[name, text]] = Object.entries(bytesField('bytes', bytes)) as [[string, string]]
  return name === 'bytes' ? text : `${text} (base64)`
}

function shownValue(bytes: Buffer): string {
  // Lines of the value stay lines.
  return shown(bytes)
    .split('\n')
    .map(line => plain(line.replaceAll('\t', '    ')))
    .join('\n')
}

// `millrace dlq edit`: what it does.
import type { DeadLetterQueue, LetterChange, LetterPlace, StoredLetter } from '@millrace/service'
import type { Context } from '../context.ts'
import { bytesField, fromJsonParts } from '../format/json-lines.ts'
import type { DlqEditOptions } from '../options/dlq.ts'
import { UsageError } from '../output/errors.ts'
import { printJson } from '../output/terminal.ts'
import { placeText, readPlace, withLetters } from './dlq-queue.ts'
import { editText } from './edit-text.ts'
import { readText } from './read-text.ts'

export async function editLetter(
  topic: string,
  place: string,
  options: DlqEditOptions,
  context: Context,
): Promise<void> {
  const { signal, terminal } = context
  const { file, json } = options
  const wanted = readPlace(place, 'place')
  // Before any broker is asked: a file that is wrong is wrong in any case.
  const given =
    file === undefined ? undefined : fromJsonParts(await readText(file, '--file', context), `--file ${file}`)
  if (given && Object.keys(given).length === 0)
    throw new UsageError(`--file ${file} says neither key nor value nor headers: there is nothing to change`)
  await withLetters([topic], options, context, async queue => {
    const stored = await queue.letter(wanted, { signal })
    const change = given ?? (await inEditor(stored, context))
    const written = change && (await write(queue, wanted, change, signal))
    if (json) await printJson(terminal, { topic, from: wanted, to: written ?? null })
    else if (written)
      terminal.note(`${topic} ${place} stands anew at ${placeText(written)}; "dlq redrive" sends it back`)
    else terminal.note('nothing was changed')
  })
}

function write(
  queue: DeadLetterQueue,
  place: LetterPlace,
  change: LetterChange,
  signal: AbortSignal,
): Promise<LetterPlace> {
  return queue.edit(place, change, { signal })
}

function inEditor(stored: StoredLetter, context: Context): Promise<LetterChange | undefined> {
  const name = `${stored.topic}-${stored.partition}-${stored.offset}.json`
  return editText(documentOf(stored), name, context, text => fromJsonParts(text, name))
}

/** A letter's own parts as JSON. What is JSON itself stands there as it is: nobody edits quotes within quotes. */
export function documentOf(stored: StoredLetter): string {
  const headers = (stored.letter?.headers ?? stored.headers).map(({ key, value }) => ({
    key,
    ...bytesField('value', typeof value === 'string' ? Buffer.from(value) : value),
  }))
  const lines = [
    partOf('key', stored.keyBytes),
    partOf('value', stored.valueBytes),
    headers.length === 0
      ? '"headers": []'
      : `"headers": [\n    ${headers.map(header => JSON.stringify(header)).join(',\n    ')}\n  ]`,
  ]
  return `{\n  ${lines.join(',\n  ')}\n}\n`
}

function partOf(name: string, bytes: Buffer | null): string {
  const [[field, text]] = Object.entries(bytesField(name, bytes)) as [[string, string | null]]
  const isJson = field === name && text !== null && isObject(text)
  return `${JSON.stringify(field)}: ${isJson ? text : JSON.stringify(text)}`
}

/** Objects and lists: a bare word or number is text, and must come back as it was. Blanks around them would not. */
function isObject(text: string): boolean {
  if (!/^[{[].*[}\]]$/s.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

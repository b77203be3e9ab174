// Names and values of attributes as CloudEvents 1.0 allows them.
import { PoisonError } from '../failure/errors.ts'

export const specVersion = '1.0'

/** What CloudEvents has names for itself; `data_base64` is part of its JSON. */
const ownNames: ReadonlySet<string> = new Set([
  'specversion',
  'id',
  'type',
  'source',
  'time',
  'subject',
  'dataschema',
  'datacontenttype',
  'data',
  'data_base64',
])

const namePattern = /^[a-z0-9]{1,20}$/

/** Whether an attribute is an extension: what CloudEvents has no meaning for. */
export function isExtension(name: string): boolean {
  return !ownNames.has(name)
}

/** Throws TypeError for metadata that cannot be attributes of an event. */
export function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  for (const name in metadata) {
    if (!namePattern.test(name) || ownNames.has(name)) {
      throw new TypeError(
        `metadata "${name}": a name is 1 to 20 lower-case letters and digits, and none of ${[...ownNames].join(', ')}`,
      )
    }
    if (typeof metadata[name] !== 'string') throw new TypeError(`metadata "${name}" is no text`)
  }
}

/** The text of a time: RFC 3339. Throws TypeError for what is none. */
export function timeText(time: number): string {
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) throw new TypeError(`time ${time} is no time in ms`)
  return new Date(time).toISOString()
}

const timePattern = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

/** Milliseconds since the epoch. Throws PoisonError for what is no RFC 3339. */
export function timeOf(text: string): number {
  const time = timePattern.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN
  if (Number.isNaN(time)) throw new PoisonError(`the event's time is "${text}", which is not RFC 3339`)
  return time
}

/** Throws PoisonError unless the required attributes are there. */
export function checkRequired(
  mode: string,
  attributes: { readonly id: unknown; readonly source: unknown; readonly version: string | undefined },
): void {
  const { id, source, version } = attributes
  if (version !== undefined && version !== specVersion)
    throw new PoisonError(`the event is of CloudEvents "${version}"; ${specVersion} can be read`)
  const missing = version === undefined ? 'specversion' : !id ? 'id' : !source ? 'source' : undefined
  if (missing) throw new PoisonError(`the event has no "${missing}" (${mode} mode of CloudEvents)`)
}

// One change of metadata out of a request that asks for several things, each of which can fail by itself.
import { ErrorCode } from '@millrace/protocol/base'
import { ApiError, orApiError } from '../api-error.ts'
import { requestRecordsMax } from '../limits.ts'
import type { MetadataImage } from './image.ts'
import type { MetadataRecord } from './record.ts'
import type { Decision, MetadataStore } from './store.ts'

export interface EachChange<Item, Result> {
  /** Decides on an item, or throws `ApiError`. */
  readonly decide: (image: MetadataImage, item: Item) => Decision<Result>
  /** The result of an item whose decision threw, and of all that were decided when the change as a whole is refused. */
  readonly refuse: (item: Item, error: ApiError) => Result
  /** Decides and writes nothing. Default: false. */
  readonly validateOnly?: boolean
}

/**
 * Decides on each item, writes the records of all that can be in one batch, and returns a result an item, in order. A request whose
 * records are too many for one change is refused as a whole, with POLICY_VIOLATION, as by Apache Kafka's controller.
 */
export function changeEach<Item, Result>(
  metadata: MetadataStore,
  items: readonly Item[],
  { decide, refuse, validateOnly = false }: EachChange<Item, Result>,
): Promise<Result[]> {
  const refused = new Map<Item, Result>()
  const changed = metadata.change(image => {
    const records: MetadataRecord[] = []
    const result = items.map(item => {
      const decision = decideOne(image, item)
      if (!('records' in decision)) return decision.refusal
      for (const record of decision.records) records.push(record)
      if (records.length > requestRecordsMax) throw tooManyRecords()
      return decision.result
    })
    return { records: validateOnly ? [] : records, result }
  })
  const decideOne = (image: MetadataImage, item: Item): Decision<Result> | { readonly refusal: Result } => {
    try {
      return decide(image, item)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const refusal = refuse(item, error)
      refused.set(item, refusal)
      return { refusal }
    }
  }
  return orApiError(changed, error => items.map(item => refused.get(item) ?? refuse(item, error)))
}

/** Kafka's words for a request that would write more than `requestRecordsMax` records. */
export function tooManyRecords(): ApiError {
  return new ApiError(
    ErrorCode.POLICY_VIOLATION,
    `Unable to perform excessively large batch operation: one request can write ${requestRecordsMax} metadata records; divide it.`,
  )
}

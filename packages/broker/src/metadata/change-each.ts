// One change of metadata out of a request that asks for several things, each of which can fail by itself.
import { ApiError, orApiError } from '../api-error.ts'
import type { MetadataImage } from './image.ts'
import type { MetadataRecord } from './record.ts'
import type { Decision, MetadataStore } from './store.ts'

/**
 * Decides on each item, writes the records of all that can be in one batch, and returns a result an item, in order. `refuse` makes
 * the result of an item whose decision threw an `ApiError`, and of all that were decided when storage then refuses the batch.
 */
export function changeEach<Item, Result>(
  metadata: MetadataStore,
  items: readonly Item[],
  decide: (image: MetadataImage, item: Item) => Decision<Result>,
  refuse: (item: Item, error: ApiError) => Result,
): Promise<Result[]> {
  const refused = new Map<Item, Result>()
  const changed = metadata.change(image => {
    const records: MetadataRecord[] = []
    const result = items.map(item => {
      try {
        const decision = decide(image, item)
        records.push(...decision.records)
        return decision.result
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        const refusal = refuse(item, error)
        refused.set(item, refusal)
        return refusal
      }
    })
    return { records, result }
  })
  return orApiError(changed, error => items.map(item => refused.get(item) ?? refuse(item, error)))
}

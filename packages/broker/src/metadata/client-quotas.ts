// Quotas of users, client ids and addresses (KIP-546) as the metadata log has them: whom each is for, and its values. Pure.
import type { MetadataRecord, QuotaEntity, QuotaEntityPart } from './record.ts'

/** The quotas of one entity. */
export interface EntityQuotas {
  readonly entity: QuotaEntity
  /** By quota key (`producer_byte_rate`). */
  readonly values: ReadonlyMap<string, number>
}

export type ClientQuotaRecord = Extract<MetadataRecord, { type: 'clientQuota' }>

/** All quotas that are set. */
export class ClientQuotaTable {
  readonly #entities = new Map<
    string,
    { readonly entity: QuotaEntity; readonly values: Map<string, number> }
  >()

  /** Entities that have quotas. */
  get size(): number {
    return this.#entities.size
  }

  all(): IterableIterator<EntityQuotas> {
    return this.#entities.values()
  }

  /** The quotas of exactly this entity, made by `quotaEntity`. */
  values(entity: QuotaEntity): ReadonlyMap<string, number> | undefined {
    return this.#entities.get(keyOf(entity))?.values
  }

  apply({ entity: parts, key, value }: ClientQuotaRecord): void {
    const entity = quotaEntity(parts)
    const id = keyOf(entity)
    let known = this.#entities.get(id)
    if (value === null) {
      known?.values.delete(key)
      if (known?.values.size === 0) this.#entities.delete(id)
      return
    }
    if (!known) {
      known = { entity, values: new Map() }
      this.#entities.set(id, known)
    }
    known.values.set(key, value)
  }

  /** The records from which an empty table becomes equal to this one. */
  *records(): Generator<ClientQuotaRecord> {
    for (const { entity, values } of this.#entities.values()) {
      for (const [key, value] of values) yield { type: 'clientQuota', entity, key, value }
    }
  }
}

/** Parts in the order in which entities are kept and shown: by type. */
export function quotaEntity(parts: Iterable<QuotaEntityPart>): QuotaEntity {
  return [...parts].sort((a, b) => (a.entityType < b.entityType ? -1 : 1))
}

function keyOf(entity: QuotaEntity): string {
  return JSON.stringify(entity.map(({ entityType, entityName }) => [entityType, entityName]))
}

// Which quota counts for a client: the most specific of those that are set, in the order of Kafka's ClientQuotaManager.
import type { EntityQuotas } from '../metadata/client-quotas.ts'

/** A quota that was found, and by what name clients share it. */
export interface QuotaLimit {
  /** Per second. */
  readonly limit: number
  /** Of the user, of the client id, or of both: who has the same scope uses the same quota up. */
  readonly scope: string
}

/** A name, null for the default of all that have none of their own, undefined where the entity does not say. */
type Name = string | null | undefined

/** The quotas of one key (`producer_byte_rate`), by user and client id. */
export class QuotaLimits {
  readonly #byUser = new Map<Name, Map<Name, number>>()

  constructor(quotas: Iterable<EntityQuotas>, key: string) {
    for (const { entity, values } of quotas) {
      const limit = values.get(key)
      if (limit === undefined) continue
      const nameOf = (type: string) => entity.find(({ entityType }) => entityType === type)?.entityName
      const user = nameOf('user')
      const byClient = this.#byUser.get(user)
      if (byClient) byClient.set(nameOf('client-id'), limit)
      else this.#byUser.set(user, new Map([[nameOf('client-id'), limit]]))
    }
  }

  /** Whether there are none at all. */
  get empty(): boolean {
    return this.#byUser.size === 0
  }

  /**
   * user and client id, user and default client, user; default user and client id, default user and default client, default user; client id, default
   * client. Of a client without a client id only its user counts.
   */
  find(user: string, clientId: string): QuotaLimit | undefined {
    const clients: Name[] = clientId === '' ? [undefined] : [clientId, null, undefined]
    for (const byUser of [user, null, undefined]) {
      const byClient = this.#byUser.get(byUser)
      if (!byClient) continue
      for (const client of clients) {
        const limit = byClient.get(client)
        if (limit === undefined) continue
        const names = [byUser === undefined ? null : user, client === undefined ? null : clientId]
        return { limit, scope: JSON.stringify(names) }
      }
    }
    return undefined
  }
}

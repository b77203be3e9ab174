// What clients have used of one kind of quota: an account for each scope (a user, a client id, or both), found fast for every request.
import { quotaAccountIdleMs, quotaAccountsMax } from '../limits.ts'
import type { QuotaLimits } from './quota-limits.ts'

/** Who asks. */
export interface QuotaClient {
  readonly clientId: string | null
  readonly connection: { readonly session: { readonly principal: string } }
}

export interface QuotaAccount<Usage> {
  readonly usage: Usage
  /** Per second. */
  limit: number
  lastUsedMs: number
}

/** Longer names are looked up each time, and kept as a digest: who makes up thousands of them must not fill the memory. */
const nameMaxLength = 256

export class QuotaAccounts<Usage> {
  readonly #newUsage: () => Usage
  #limits: QuotaLimits
  /** By scope. */
  readonly #accounts = new Map<string, QuotaAccount<Usage>>()
  /** What was found before, by principal and client id; null for nothing. */
  readonly #found = new Map<string, Map<string, QuotaAccount<Usage> | null>>()
  #foundCount = 0

  constructor(limits: QuotaLimits, newUsage: () => Usage) {
    this.#limits = limits
    this.#newUsage = newUsage
  }

  /** Accounts that are kept. */
  get size(): number {
    return this.#accounts.size
  }

  /** Quotas have changed: what was used stays. */
  setLimits(limits: QuotaLimits): void {
    this.#limits = limits
    this.#forgetFound()
  }

  /** The account of a client; undefined when no quota counts for it. */
  find(client: QuotaClient, nowMs: number): QuotaAccount<Usage> | undefined {
    if (this.#limits.empty) return undefined
    const { principal } = client.connection.session
    const clientId = client.clientId ?? ''
    let account = this.#found.get(principal)?.get(clientId)
    if (account === undefined) account = this.#remember(principal, clientId, nowMs)
    if (account === null) return undefined
    account.lastUsedMs = nowMs
    return account
  }

  #remember(principal: string, clientId: string, nowMs: number): QuotaAccount<Usage> | null {
    if (this.#foundCount >= quotaAccountsMax) this.#forgetFound()
    const account = this.#open(principal.slice(principal.indexOf(':') + 1), clientId, nowMs) ?? null
    if (principal.length + clientId.length > nameMaxLength) return account
    const byClient = this.#found.get(principal)
    if (byClient) byClient.set(clientId, account)
    else this.#found.set(principal, new Map([[clientId, account]]))
    this.#foundCount++
    return account
  }

  #open(user: string, clientId: string, nowMs: number): QuotaAccount<Usage> | undefined {
    const found = this.#limits.find(user, clientId)
    if (!found) return undefined
    const { limit } = found
    const scope = found.scope.length > nameMaxLength ? digest(found.scope) : found.scope
    let account = this.#accounts.get(scope)
    if (account) account.limit = limit
    else {
      if (this.#accounts.size >= quotaAccountsMax) this.#makeRoom(nowMs)
      account = { usage: this.#newUsage(), limit, lastUsedMs: nowMs }
      this.#accounts.set(scope, account)
    }
    return account
  }

  /** Drops the accounts that nobody has used for an hour, as Kafka does; where that is not enough, those that were used least recently. */
  #makeRoom(nowMs: number): void {
    for (const [scope, { lastUsedMs }] of this.#accounts) {
      if (nowMs - lastUsedMs >= quotaAccountIdleMs) this.#accounts.delete(scope)
    }
    const excess = this.#accounts.size - Math.floor(quotaAccountsMax * 0.9)
    if (excess > 0) {
      const oldest = [...this.#accounts].sort(([, a], [, b]) => a.lastUsedMs - b.lastUsedMs)
      for (const [scope] of oldest.slice(0, excess)) this.#accounts.delete(scope)
    }
    this.#forgetFound()
  }

  #forgetFound(): void {
    this.#found.clear()
    this.#foundCount = 0
  }
}

function digest(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('base64')
}

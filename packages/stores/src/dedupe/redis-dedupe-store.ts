// A dedupe store in Redis: a key for each id, which runs out by itself.
//
//   <prefix>{<scope>}:<id>   "=<owner>" while it is claimed, "!" once it was handled
import { ConfigError } from '@millrace/client'
import type { ClaimAnswer, ClaimRequest, CompleteRequest, DedupeIds, DedupeStore } from '@millrace/service'
import { checkOptions } from '../sql/options.ts'
import { type RedisCall, type RedisClient, redisCallOf } from './redis-client.ts'

/** Options of a dedupe store in Redis. */
export interface RedisDedupeOptions {
  /** What its keys begin with. Default `millrace:dedupe:`. */
  readonly prefix?: string
}

const claimScript = `
local answers = {}
for index, key in ipairs(KEYS) do
  local found = redis.call('GET', key)
  if found == '!' then
    answers[index] = 'done'
  elseif not found or found == ARGV[1] then
    redis.call('SET', key, ARGV[1], 'PX', ARGV[2])
    answers[index] = 'claimed'
  else
    answers[index] = 'busy'
  end
end
return answers`

const completeScript = `
for _, key in ipairs(KEYS) do redis.call('SET', key, '!', 'PX', ARGV[1]) end
return #KEYS`

const releaseScript = `
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
end
return #KEYS`

/**
 * Remembers in Redis which records were handled. Keys run out by themselves. What Redis loses (evicted keys, a failover before they were replicated) may be handled once more: set `maxmemory-policy noeviction`, and
 * use a database where that must not be. In a cluster, the keys of a group and a topic are on one node.
 *
 * @example
 * const store = new RedisDedupeStore(new Redis()) // of ioredis, or createClient() of redis
 * service.handle(orders, { 'order.created': charge }, { dedupe: { store } })
 */
export class RedisDedupeStore implements DedupeStore {
  readonly #call: RedisCall
  readonly #prefix: string

  /** `client`: of `redis` or `ioredis`, connected by the application. Throws ConfigError. */
  constructor(client: RedisClient, options: RedisDedupeOptions = {}) {
    checkOptions('RedisDedupeStore', options, ['prefix'])
    const { prefix = 'millrace:dedupe:' } = options
    if (typeof prefix !== 'string' || prefix.includes('{'))
      throw new ConfigError(`RedisDedupeStore: prefix is ${JSON.stringify(prefix)}; write a text without "{"`)
    this.#call = redisCallOf(client)
    this.#prefix = prefix
  }

  /** Claims ids: see `DedupeStore`. Throws what Redis says. */
  async claim({ scope, owner, ids, leaseMs }: ClaimRequest): Promise<readonly ClaimAnswer[]> {
    const answers = await this.#run(claimScript, scope, ids, [`=${owner}`, String(leaseMs)])
    return (answers as readonly unknown[]).map(answer => String(answer) as ClaimAnswer)
  }

  /** Marks ids as handled: see `DedupeStore`. Throws what Redis says. */
  async complete({ scope, ids, ttlMs }: CompleteRequest): Promise<void> {
    await this.#run(completeScript, scope, ids, [String(ttlMs)])
  }

  /** Gives up claims: see `DedupeStore`. Throws what Redis says. */
  async release({ scope, owner, ids }: DedupeIds): Promise<void> {
    await this.#run(releaseScript, scope, ids, [`=${owner}`])
  }

  async #run(
    script: string,
    scope: string,
    ids: readonly string[],
    given: readonly string[],
  ): Promise<unknown> {
    if (ids.length === 0) return []
    // One node has them all: a script may touch no other.
    const keys = ids.map(id => `${this.#prefix}{${scope.replaceAll('}', '%7D')}}:${id}`)
    return this.#call(['EVAL', script, String(keys.length), ...keys, ...given])
  }
}

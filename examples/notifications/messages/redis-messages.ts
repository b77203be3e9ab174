// The same in Redis: a sorted set and a hash for each user, changed by one script, so that nobody sees half of it.
import { createClient } from 'redis'
import type { Message } from '../topics.ts'
import { type MessageStore, messagesPerUser } from './message-store.ts'

const prefix = 'notifications'
const profilesKey = `${prefix}:profiles`
const usersKey = `${prefix}:users`
const countKey = `${prefix}:count`
const connectTimeoutMs = 5_000
const reconnectMaxMs = 2_000

/**
 * KEYS: order and texts of the user, users, count. ARGV: user, id, time, message, how many are kept. Returns 1 for a message that is new. All keys are in one place: a single
 * node, or one that others follow.
 */
const keepScript = `
if redis.call('HSETNX', KEYS[2], ARGV[2], ARGV[4]) == 0 then return 0 end
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[2])
redis.call('SADD', KEYS[3], ARGV[1])
local old = redis.call('ZRANGE', KEYS[1], 0, -1 - tonumber(ARGV[5]))
if #old > 0 then
  redis.call('ZREM', KEYS[1], unpack(old))
  redis.call('HDEL', KEYS[2], unpack(old))
end
redis.call('INCRBY', KEYS[4], 1 - #old)
return 1`

function connectionTo(url: string) {
  return createClient({
    url,
    // A store that is away is an error at once: the record waits for it, and nothing waits in here.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: attempts => Math.min(reconnectMaxMs, 50 * 2 ** attempts),
    },
  })
}

export class RedisMessages implements MessageStore {
  readonly #client: ReturnType<typeof connectionTo>

  /** Rejects when Redis cannot be reached. */
  static async open(url: string): Promise<RedisMessages> {
    const client = connectionTo(url)
    // Calls are told of it, too; without a listener it would end the process.
    client.on('error', (error: Error) => console.error(`redis: ${error.message}`))
    await client.connect()
    return new RedisMessages(client)
  }

  private constructor(client: ReturnType<typeof connectionTo>) {
    this.#client = client
  }

  async keep(user: string, message: Message): Promise<boolean> {
    const kept = await this.#client.eval(keepScript, {
      keys: [orderKey(user), textsKey(user), usersKey, countKey],
      arguments: [user, message.id, String(message.at), JSON.stringify(message), String(messagesPerUser)],
    })
    return kept === 1
  }

  async latest(user: string): Promise<Message[]> {
    const texts = await this.#client.hVals(textsKey(user))
    const messages = texts.map(text => JSON.parse(text) as Message)
    return messages.toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
  }

  async count(): Promise<{ readonly messages: number; readonly users: number }> {
    const [messages, users] = await Promise.all([this.#client.get(countKey), this.#client.sCard(usersKey)])
    return { messages: Number(messages ?? 0), users: Number(users) }
  }

  async displayName(name: string): Promise<string | undefined> {
    return (await this.#client.hGet(profilesKey, name)) ?? undefined
  }

  async setDisplayName(name: string, display: string): Promise<void> {
    await this.#client.hSet(profilesKey, name, display)
  }

  async close(): Promise<void> {
    if (this.#client.isOpen) await this.#client.close()
  }
}

// The user in braces: in one slot, for who divides Redis.
function orderKey(user: string): string {
  return `${prefix}:{${user}}:order`
}

function textsKey(user: string): string {
  return `${prefix}:{${user}}:texts`
}

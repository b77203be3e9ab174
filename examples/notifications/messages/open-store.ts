// Opens the store that there is: Redis where its address is given, else a file of SQLite.
import type { MessageStore } from './message-store.ts'

/** Where messages are kept. */
export interface StorePlace {
  /** File of SQLite. */
  readonly file: string
  /** Address of Redis, `redis://host:port`; undefined for the file. */
  readonly redisUrl: string | undefined
}

/** Rejects when it cannot be opened. What is not used is not loaded. */
export async function openStore({ file, redisUrl }: StorePlace): Promise<MessageStore> {
  if (redisUrl !== undefined) {
    const { RedisMessages } = await import('./redis-messages.ts')
    return RedisMessages.open(redisUrl)
  }
  const { SqliteMessages } = await import('./sqlite-messages.ts')
  return new SqliteMessages(file)
}

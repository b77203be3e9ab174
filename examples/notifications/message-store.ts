// Each user's latest messages, and the names that are in them, in SQLite: several processes work on the same file.
import { DatabaseSync } from 'node:sqlite'
import type { Message } from './topics.ts'

/** Older ones of a user are forgotten. */
export const messagesPerUser = 50
const busyMs = 10_000

export class MessageStore {
  readonly #database: DatabaseSync

  constructor(file: string) {
    this.#database = new DatabaseSync(file)
    this.#database.exec(`
      PRAGMA busy_timeout = ${busyMs};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS messages (
        user TEXT NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, instance TEXT NOT NULL,
        PRIMARY KEY (user, id)
      ) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS messages_by_time ON messages (user, at);
      CREATE TABLE IF NOT EXISTS profiles (name TEXT PRIMARY KEY, display TEXT NOT NULL) WITHOUT ROWID;
    `)
  }

  /** Keeps a message, and the latest of its user. Returns false when it was there already: records come again after a crash. */
  keep(user: string, { id, text, at, instance }: Message): boolean {
    const { changes } = this.#database
      .prepare('INSERT OR IGNORE INTO messages (user, id, text, at, instance) VALUES (?, ?, ?, ?, ?)')
      .run(user, id, text, at, instance)
    if (changes === 0) return false
    this.#database
      .prepare(
        `DELETE FROM messages WHERE user = ?1 AND id IN
         (SELECT id FROM messages WHERE user = ?1 ORDER BY at DESC, id LIMIT -1 OFFSET ${messagesPerUser})`,
      )
      .run(user)
    return true
  }

  /** The newest first. */
  latest(user: string): Message[] {
    const rows = this.#database
      .prepare('SELECT id, text, at, instance FROM messages WHERE user = ? ORDER BY at DESC, id')
      .all(user)
    return rows.map(row => ({
      id: String(row['id']),
      text: String(row['text']),
      at: Number(row['at']),
      instance: String(row['instance']),
    }))
  }

  /** How many messages and users there are. */
  count(): { readonly messages: number; readonly users: number } {
    const row = this.#database
      .prepare('SELECT count(*) AS messages, count(DISTINCT user) AS users FROM messages')
      .get()
    return { messages: Number(row?.['messages']), users: Number(row?.['users']) }
  }

  /** What somebody is called in messages; undefined for who is not known. */
  displayName(name: string): string | undefined {
    const row = this.#database.prepare('SELECT display FROM profiles WHERE name = ?').get(name)
    return row === undefined ? undefined : String(row['display'])
  }

  setDisplayName(name: string, display: string): void {
    this.#database
      .prepare(
        'INSERT INTO profiles (name, display) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET display = excluded.display',
      )
      .run(name, display)
  }

  close(): void {
    this.#database.close()
  }
}

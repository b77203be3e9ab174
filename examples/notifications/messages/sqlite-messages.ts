// Each user's latest messages, and the names that are in them, in SQLite: several processes work on the same file.
import { DatabaseSync } from 'node:sqlite'
import type { Message } from '../topics.ts'
import { type MessageStore, messagesPerUser } from './message-store.ts'

const busyMs = 10_000

export class SqliteMessages implements MessageStore {
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

  async keep(user: string, { id, text, at, instance }: Message): Promise<boolean> {
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

  async latest(user: string): Promise<Message[]> {
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

  async count(): Promise<{ readonly messages: number; readonly users: number }> {
    const row = this.#database
      .prepare('SELECT count(*) AS messages, count(DISTINCT user) AS users FROM messages')
      .get()
    return { messages: Number(row?.['messages']), users: Number(row?.['users']) }
  }

  async displayName(name: string): Promise<string | undefined> {
    const row = this.#database.prepare('SELECT display FROM profiles WHERE name = ?').get(name)
    return row === undefined ? undefined : String(row['display'])
  }

  async setDisplayName(name: string, display: string): Promise<void> {
    this.#database
      .prepare(
        'INSERT INTO profiles (name, display) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET display = excluded.display',
      )
      .run(name, display)
  }

  async close(): Promise<void> {
    this.#database.close()
  }
}

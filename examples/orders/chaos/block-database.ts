// A database that refuses for a while: really, not by a switch.
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import type { DatabasePlace } from '../database/open-database.ts'

/** How often connections of PostgreSQL are cut meanwhile. */
const cutEveryMs = 100

/** SQLite: somebody else has the lock, and does not let go of it. PostgreSQL: connections are cut as soon as they are there. Resolves when it is over. */
export async function blockDatabase({ file, url }: DatabasePlace, outageMs: number): Promise<void> {
  if (url === undefined) await lockFile(file, outageMs)
  else await cutConnections(url, outageMs)
}

async function lockFile(file: string, outageMs: number): Promise<void> {
  const database = new DatabaseSync(file, { timeout: 5_000 })
  try {
    database.exec('BEGIN IMMEDIATE')
    await sleep(outageMs)
    database.exec('ROLLBACK')
  } finally {
    database.close()
  }
}

async function cutConnections(url: string, outageMs: number): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const endAt = performance.now() + outageMs
    while (performance.now() < endAt) {
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )
      await sleep(cutEveryMs)
    }
  } finally {
    await client.end()
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

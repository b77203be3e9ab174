// Makes tables, whoever else does so at the same time.
import type { SqlRunner } from './runner.ts'

/** What databases say where two make the same thing at once, though each said IF NOT EXISTS. */
const madeMeanwhile = /^(23505|42P07|42710|40P01|ER_TABLE_EXISTS_ERROR|ER_DUP_KEYNAME|ER_LOCK_DEADLOCK)$/

/** Runs the statements, each again where another was faster. Throws what the database says. */
export async function createTables(runner: SqlRunner, statements: readonly string[]): Promise<void> {
  for (const text of statements) {
    try {
      await runner.run({ text, values: [] })
    } catch (error) {
      if (!madeMeanwhile.test(String((error as { readonly code?: unknown }).code))) throw error
      await runner.run({ text, values: [] })
    }
  }
}

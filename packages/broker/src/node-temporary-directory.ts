// A data directory that lives as long as the broker: for tests and for trying things out.
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryDirectory {
  readonly path: string
  /** Removes it with everything in it. */
  remove(): Promise<void>
}

export function makeTemporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), 'millrace-'))
  // Windows refuses to remove files that a virus scanner still has open: try again for a moment.
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }) }
}

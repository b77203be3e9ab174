// A data directory that lives as long as the broker: for tests and for trying things out.

export interface TemporaryDirectory {
  readonly path: string
  /** Removes it with everything in it. */
  remove(): Promise<void>
}

export function makeTemporaryDirectory(): TemporaryDirectory {
  // A broker that keeps its data starts without these.
  const { mkdtempSync, promises } = process.getBuiltinModule('node:fs')
  const path = mkdtempSync(`${process.getBuiltinModule('node:os').tmpdir()}/millrace-`)
  // Windows refuses to remove files that a virus scanner still has open: try again for a moment.
  return {
    path,
    remove: () => promises.rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }),
  }
}

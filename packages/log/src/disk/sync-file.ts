// Makes what was written to a small file durable.
import type { Disk } from './disk.ts'

/** Syncs the content of a file. Its name is another matter: see `Disk.syncDirectory`. */
export async function syncFile(disk: Disk, path: string): Promise<void> {
  const file = disk.open(path, 'write')
  try {
    await file.datasync()
  } finally {
    file.close()
  }
}

/** The same at once, blocking. */
export function syncFileNow(disk: Disk, path: string): void {
  const file = disk.open(path, 'write')
  try {
    file.datasyncNow()
  } finally {
    file.close()
  }
}

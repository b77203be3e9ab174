// A disk that refuses what a test tells it to, on top of the real one.
import { type Disk, type DiskFile, nodeDisk } from '../src/index.ts'

export type Fault = 'ENOSPC' | 'EDQUOT' | 'EIO' | 'EROFS' | 'EMFILE'

export class FaultyDisk {
  /** Asked before each write (with the path) and each sync, of a directory too. */
  onWrite: (path: string) => Fault | undefined = () => undefined
  onSync: (path: string) => Fault | undefined = () => undefined
  /** Syncs of segments take until it resolves, or those of files whose path contains `heldFor`. */
  held: Promise<void> | undefined
  heldFor = '.log'

  get disk(): Disk {
    return {
      ...nodeDisk,
      open: (path, mode) => this.#file(nodeDisk.open(path, mode)),
      writeFile: (path, bytes) => {
        this.#fail(this.onWrite(path), `write ${path}`)
        nodeDisk.writeFile(path, bytes)
      },
      syncDirectory: async path => {
        this.#fail(this.onSync(path), `sync ${path}`)
        await nodeDisk.syncDirectory(path)
      },
    }
  }

  #fail(fault: Fault | undefined, what: string): void {
    if (fault) throw Object.assign(new Error(`${fault}: ${what}`), { code: fault })
  }

  #file(file: DiskFile): DiskFile {
    return {
      path: file.path,
      sizeInBytes: () => file.sizeInBytes(),
      writev: (chunks, position) => {
        const fault = this.onWrite(file.path)
        // A disk that fills up has taken some of it.
        if (fault === 'ENOSPC' && chunks[0]) file.writev([chunks[0].subarray(0, 20)], position)
        this.#fail(fault, `write ${file.path}`)
        file.writev(chunks, position)
      },
      readNow: (target, position) => file.readNow(target, position),
      read: (target, position) => file.read(target, position),
      truncate: sizeInBytes => file.truncate(sizeInBytes),
      datasync: async () => {
        if (file.path.includes(this.heldFor)) await this.held
        this.#fail(this.onSync(file.path), `sync ${file.path}`)
        await file.datasync()
      },
      datasyncNow: () => {
        this.#fail(this.onSync(file.path), `sync ${file.path}`)
        file.datasyncNow()
      },
      close: () => file.close(),
    }
  }
}

// The real disk, whose syncs of files can be held up, and whose next write of a segment can find no room.
import { type Disk, type DiskFile, nodeDisk } from '@millrace/log'

export class StallableDisk {
  #release: (() => void) | undefined
  #stall: Promise<void> | undefined
  /** The next `writev` to a file with this in its path is refused with ENOSPC. */
  refusedPath: string | undefined

  stall(): void {
    this.#stall = new Promise(resolve => {
      this.#release = resolve
    })
  }

  resume(): void {
    this.#release?.()
    this.#stall = undefined
  }

  asDisk(): Disk {
    return new Proxy(nodeDisk, {
      get: (disk, name: keyof Disk) => {
        if (name === 'open') {
          return (path: string, mode: 'read' | 'write' | 'create') => this.#file(disk.open(path, mode))
        }
        const value = disk[name]
        return typeof value === 'function' ? value.bind(disk) : value
      },
    })
  }

  #file(file: DiskFile): DiskFile {
    return new Proxy(file, {
      get: (target, name: keyof DiskFile) => {
        if (name === 'datasync') {
          return async () => {
            await this.#stall
            await target.datasync()
          }
        }
        if (name === 'writev' && this.refusedPath !== undefined && target.path.includes(this.refusedPath)) {
          return () => {
            this.refusedPath = undefined
            throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
          }
        }
        const value = target[name]
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
}

// Names and directories of one simulated disk; outlives every process that uses it.
import type { SimRandom } from './random.ts'
import { SimDirectory, type SimNode } from './sim-directory.ts'
import { SimFile, type Survival } from './sim-file.ts'

/** An error as the operating system gives it. */
export function systemError(code: string, syscall: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${syscall} '${path}'`), { code, syscall, path })
}

function partsOf(path: string): string[] {
  return path.split('/').filter(part => part !== '' && part !== '.')
}

/** A tree of directories and files, addressed by paths with `/`; `..` is not known. */
export class SimVolume {
  readonly #root = new SimDirectory()

  /** What stands at `path`, if anything. */
  find(path: string): SimNode | undefined {
    let node: SimNode | undefined = this.#root
    for (const part of partsOf(path)) {
      if (!(node instanceof SimDirectory)) return undefined
      node = node.entries.get(part)
    }
    return node
  }

  file(path: string, syscall: string): SimFile {
    const node = this.find(path)
    if (node instanceof SimFile) return node
    throw systemError(node ? 'EISDIR' : 'ENOENT', syscall, path)
  }

  directory(path: string, syscall: string): SimDirectory {
    const node = this.find(path)
    if (node instanceof SimDirectory) return node
    throw systemError(node ? 'ENOTDIR' : 'ENOENT', syscall, path)
  }

  createFile(path: string, syscall: string): SimFile {
    const { parent, name } = this.#place(path, syscall)
    const file = new SimFile()
    parent.change([[name, file]])
    return file
  }

  /** Makes the directory and those above it that are missing. */
  makeDirectories(path: string): void {
    let directory = this.#root
    for (const part of partsOf(path)) {
      let next = directory.entries.get(part)
      if (next === undefined) {
        next = new SimDirectory()
        directory.change([[part, next]])
      }
      if (!(next instanceof SimDirectory)) throw systemError('ENOTDIR', 'mkdir', path)
      directory = next
    }
  }

  /** Replaces a file at `to`. Both names have to stand in one directory: only then is the change of entries one. */
  rename(from: string, to: string): void {
    const source = this.#place(from, 'rename')
    const target = this.#place(to, 'rename')
    const node = source.parent.entries.get(source.name)
    if (!node) throw systemError('ENOENT', 'rename', from)
    if (source.parent !== target.parent) throw systemError('EXDEV', 'rename', to)
    const replaced = target.parent.entries.get(target.name)
    if (replaced instanceof SimDirectory && replaced.entries.size > 0)
      throw systemError('ENOTEMPTY', 'rename', to)
    source.parent.change([
      [source.name, undefined],
      [target.name, node],
    ])
  }

  /** Removes a name; handles that are open go on working. */
  unlink(path: string): void {
    this.file(path, 'unlink')
    const { parent, name } = this.#place(path, 'unlink')
    parent.change([[name, undefined]])
  }

  removeDirectory(path: string): void {
    const directory = this.directory(path, 'rmdir')
    if (directory.entries.size > 0) throw systemError('ENOTEMPTY', 'rmdir', path)
    const { parent, name } = this.#place(path, 'rmdir')
    parent.change([[name, undefined]])
  }

  /** Bytes in all files that have a name. */
  usedBytes(directory: SimDirectory = this.#root): number {
    let bytes = 0
    for (const node of directory.entries.values()) {
      bytes += node instanceof SimFile ? node.cached.size : this.usedBytes(node)
    }
    return bytes
  }

  /** Every file by path. */
  files(): Map<string, SimFile> {
    const found = new Map<string, SimFile>()
    collect(this.#root, '', found)
    return found
  }

  losePower(survival: Survival, random: SimRandom): void {
    this.#root.losePower(survival, random)
  }

  #place(path: string, syscall: string): { readonly parent: SimDirectory; readonly name: string } {
    const parts = partsOf(path)
    const name = parts.pop()
    if (name === undefined) throw systemError('EBUSY', syscall, path)
    return { parent: this.directory(parts.join('/'), syscall), name }
  }
}

function collect(directory: SimDirectory, path: string, found: Map<string, SimFile>): void {
  for (const [name, node] of directory.entries) {
    if (node instanceof SimFile) found.set(`${path}/${name}`, node)
    else collect(node, `${path}/${name}`, found)
  }
}

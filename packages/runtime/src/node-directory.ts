// Makes directories.

// An `import` would load the streams of files too, which nobody here uses: 2 ms of a start.
const { mkdirSync, statSync } = process.getBuiltinModule('node:fs')

/**
 * Makes a directory, and those above it that are missing, unless it is there. Throws what the system says. Not Node's `recursive`: that never
 * ends where a parent refuses children without an error of its own, as in /proc.
 */
export function makeDirectory(path: string, mode?: number): void {
  const make = () => mkdirSync(path, mode)
  try {
    make()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    const parent = path.replace(/\/+[^/]*\/*$/, '')
    if (code !== 'ENOENT' || parent === '' || parent === path) throw error
    if (statSync(parent, { throwIfNoEntry: false })) throw error
    makeDirectory(parent, mode)
    make()
  }
}

// Completes package-lock.json with the optional packages of other platforms, which npm leaves out when it cannot see them at the time.
//
// Without their entries `npm ci` refuses the lock file ("Missing: … from lock file"). Run after every `npm install`:
// node tools/lockfile.ts; with --check nothing is written and gaps end it with an error.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface LockEntry {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

interface Lockfile {
  packages: Record<string, LockEntry>
}

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const processors = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'ppc64le',
  'riscv64',
  's390x',
  'universal',
  'wasm32',
  'x64',
]

/** Platform of a package such as `@biomejs/cli-linux-arm64-musl`, as its own package.json states it; undefined when the name has none. */
export function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> | undefined {
  const parts = name.split('/').at(-1)!.split('-')
  const cpu = parts.find(part => processors.includes(part))
  const os = parts.find(part => systems.includes(part))
  if (cpu === 'wasm32') return { cpu: ['wasm32'] }
  if (!os || !cpu) return undefined
  const libc =
    parts.includes('musl') || parts.includes('musleabihf')
      ? 'musl'
      : os === 'linux' && parts.some(part => part.startsWith('gnu'))
        ? 'glibc'
        : undefined
  return { ...(cpu !== 'universal' && { cpu: [cpu] }), ...(libc && { libc: [libc] }), os: [os] }
}

/** Entries that are missing, by path. Throws for an optional package that no platform's name explains: npm must know it. */
export function missingEntries(lock: Lockfile): Map<string, LockEntry> {
  const missing = new Map<string, LockEntry>()
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (lock.packages[`${path}/node_modules/${name}`] || lock.packages[`node_modules/${name}`]) continue
      const platform = platformOf(name)
      if (!platform || !/^\d/.test(version))
        throw new Error(`${path}: the lock file lacks ${name}@${version}`)
      missing.set(`node_modules/${name}`, {
        version,
        ...(entry.dev && { dev: true }),
        optional: true,
        ...platform,
      })
    }
  }
  return missing
}

if (import.meta.main) {
  const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lockfile
  const missing = missingEntries(lock)
  if (process.argv.includes('--check')) {
    for (const path of missing.keys())
      console.error(`package-lock.json lacks ${path}: run node tools/lockfile.ts`)
    process.exitCode = missing.size > 0 ? 1 : 0
  } else {
    const entries = [...Object.entries(lock.packages), ...missing].sort(([a], [b]) => (a < b ? -1 : 1))
    writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`)
    console.log(`package-lock.json: ${missing.size} entries added`)
  }
}

// Types of a package's doors, said twice: TypeScript without `exports` (`moduleResolution: node`) reads `types` and `typesVersions`.

interface Manifest {
  readonly private?: boolean
  readonly types?: string
  readonly typesVersions?: { readonly '*': Readonly<Record<string, readonly string[]>> }
  readonly exports?: Readonly<Record<string, { readonly types?: string } | string>>
}

/** What a `package.json` says in `exports` and not beside it; packages of the house alone, and the door `internal`, aside. */
export function doorBreaches(path: string, text: string): string[] {
  const manifest = JSON.parse(text) as Manifest
  if (manifest.private) return []
  const beside = manifest.typesVersions?.['*'] ?? {}
  return Object.entries(manifest.exports ?? {}).flatMap(([door, target]) => {
    const types = typeof target === 'string' ? undefined : target.types
    if (types === undefined || door === './internal') return []
    const said = door === '.' ? manifest.types : beside[door.slice(2)]?.[0]
    if (said === types) return []
    const where =
      door === '.' ? `"types": "${types}"` : `"typesVersions": { "*": { "${door.slice(2)}": ["${types}"] } }`
    return [
      `${path}: the door "${door}" has types that TypeScript without "exports" does not find: write ${where}`,
    ]
  })
}

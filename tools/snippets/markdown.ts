// Fenced blocks of a Markdown page, each with what the comment in front of it says of how it is run.

/** How a block is run, where not as it stands. */
export interface Marker {
  /** Not run, for this reason. */
  readonly skip?: string
  /** Runs until it has printed this, is then stopped with SIGTERM, and has to end well. */
  readonly until?: string
  /** `decorators`: compiled first, since Node does not read those. */
  readonly compile?: 'decorators'
  /** Shell commands that make what the block works on. */
  readonly prepare?: string
  /** Lines that the page leaves out: they stand in front of the block's when it is run. */
  readonly before?: string
  /** The same, one line, behind it. */
  readonly after?: string
}

export interface Snippet {
  readonly page: string
  /** Line of the opening fence, from 1. */
  readonly line: number
  readonly language: string
  readonly code: string
  readonly marker: Marker
}

const fields = ['skip', 'until', 'compile', 'prepare', 'after', 'before'] as const

/**
 * What stands between `<!-- snippet` and `-->`: fields `name: value`. `before` takes all lines that follow.
 * Throws for a field that does not exist and for a skip without a reason.
 */
export function parseMarker(text: string): Marker {
  const marker: { [Name in (typeof fields)[number]]?: string } = {}
  const lines = text.trim().split('\n')
  while (lines.length > 0) {
    const line = lines.shift()!
    const [, name, value = ''] = /^\s*(\w+):\s*(.*)$/.exec(line) ?? []
    const field = fields.find(each => each === name)
    if (!field) throw new Error(`"${line}" is none of ${fields.join(', ')}`)
    marker[field] = field === 'before' ? [value, ...lines.splice(0)].join('\n').trim() : value.trim()
    if (marker[field] === '') throw new Error(`"${field}" says nothing`)
  }
  if (marker.compile !== undefined && marker.compile !== 'decorators')
    throw new Error(`compile: "${marker.compile}" is not known; it is decorators`)
  return marker as Marker
}

/** The fenced blocks of a page, in order. Throws with page and line for a marker that cannot be read or belongs to no block. */
export function snippetsOf(page: string, text: string): Snippet[] {
  const snippets: Snippet[] = []
  const pattern = /(?:<!-- snippet\b:?([\s\S]*?)-->\n+)?(?:^|\n)```(\w*)[^\n]*\n([\s\S]*?)^```$/gm
  const stray = new Set(Array.from(text.matchAll(/<!-- snippet\b/g), found => found.index))
  for (const found of text.matchAll(pattern)) {
    const [whole, markerText, language = '', code = ''] = found
    stray.delete(found.index)
    const line = text.slice(0, found.index + whole.indexOf('```')).split('\n').length
    try {
      const marker = markerText === undefined ? {} : parseMarker(markerText)
      snippets.push({ page, line, language, code, marker })
    } catch (error) {
      throw new Error(`${page}:${line}: ${(error as Error).message}`, { cause: error })
    }
  }
  for (const index of stray) {
    throw new Error(`${page}:${text.slice(0, index).split('\n').length}: a marker without a block behind it`)
  }
  return snippets
}

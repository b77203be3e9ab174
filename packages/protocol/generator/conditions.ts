// Chooses code by version: the same text for neighbouring versions is emitted once, behind the fewest comparisons.
import { runs, type VersionRange } from './ranges.ts'

/** Where the flexible versions start, as far as a block of code is concerned. */
export interface Block {
  /** Versions in which the block runs. */
  readonly versions: VersionRange
  readonly flexibleFrom: number
}

/** Stands in an emitted text for "is this version flexible"; `settleFlexible` replaces it. */
export const flexibleMark = '§flexible§'

/** Replaces the mark by a constant where all versions of the block agree, else by the variable that the block declares. */
export function settleFlexible(text: string, block: Block): string {
  return text.replaceAll(flexibleMark, flexibleWord(block))
}

export function flexibleWord(block: Block): string {
  if (block.flexibleFrom <= block.versions.min) return 'true'
  if (block.flexibleFrom > block.versions.max) return 'false'
  return 'flexible'
}

/** `const flexible = version >= 9`, when the text uses it. */
export function declareFlexible(text: string, block: Block): string {
  return /\bflexible\b/.test(text) ? `  const flexible = version >= ${block.flexibleFrom}\n` : ''
}

/** Whether an emitted text reads the parameter `version`, itself or through `flexible`; a field may have that name too. */
export function usesVersion(text: string): boolean {
  return /(?<![.\w])(version|flexible)\b(?!:)/.test(text)
}

function atLeast(version: number, block: Block): string {
  return version === block.flexibleFrom ? 'flexible' : `version >= ${version}`
}

/** An expression that has the value `textAt(version)` in every version. */
export function chooseExpression(block: Block, textAt: (version: number) => string): string {
  const found = runs(block.versions, textAt)
  return found
    .map((run, index) => (index === 0 ? run.value : `${atLeast(run.min, block)} ? ${run.value} : `))
    .reverse()
    .join('')
}

/** Statements that do what `textAt(version)` says in every version; empty text is nothing to do. */
export function chooseStatement(block: Block, textAt: (version: number) => string): string[] {
  const found = runs(block.versions, textAt).reverse()
  const lines: string[] = []
  /** Whether a run above has nothing to do: what follows must then say up to where it goes. */
  let gap = false
  found.forEach((run, index) => {
    if (run.value === '') {
      gap = true
      return
    }
    const conditions: string[] = []
    if (gap && run.min === run.max) conditions.push(`version === ${run.min}`)
    else {
      if (index < found.length - 1) conditions.push(atLeast(run.min, block))
      if (gap) conditions.push(`version <= ${run.max}`)
    }
    const lead = lines.length === 0 ? '' : 'else '
    lines.push(`${lead}${conditions.length === 0 ? '' : `if (${conditions.join(' && ')}) `}${run.value}`)
  })
  return lines
}

// The known name that a misspelt one most likely means: for messages that refuse an unknown name.

/**
 * The first of `names` with the fewest edits (Levenshtein, case ignored) to `wrong`, or undefined when none is near enough to be a slip of the keyboard:
 * more than a third of the letters differ, or more than two of a short name.
 */
export function nearestName(wrong: string, names: Iterable<string>): string | undefined {
  const sought = wrong.toLowerCase()
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(wrong.length / 3)) + 1
  for (const name of names) {
    if (Math.abs(name.length - wrong.length) >= bestDistance) continue
    const distance = editDistance(sought, name.toLowerCase())
    if (distance < bestDistance) {
      best = name
      bestDistance = distance
    }
  }
  return best
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(substituted, previous[j]! + 1, row[j - 1]! + 1))
    }
    previous = row
  }
  return previous[b.length]!
}

// The known name that a misspelt one most likely means.

/** The closest of `names` by edit distance, or undefined when none is close (a third of the letters differ). */
export function nearestName(wrong: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.floor(wrong.length / 3) + 1
  for (const name of names) {
    if (Math.abs(name.length - wrong.length) >= bestDistance) continue
    const distance = editDistance(wrong, name)
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

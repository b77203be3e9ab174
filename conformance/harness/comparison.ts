// Comparisons of two texts, line by line: what the scripts that set both brokers side by side print and count.

export class Comparisons {
  failed = 0

  /** Counts and prints one; where the texts differ, the first lines that do. */
  compare(what: string, actual: string, expected: string): void {
    if (actual === expected) {
      console.log(`same   ${what} (${expected.trim().split('\n').length} lines)`)
      return
    }
    this.failed++
    console.log(`DIFFER ${what}`)
    const [ours, theirs] = [actual.split('\n'), expected.split('\n')]
    const at = ours.findIndex((line, index) => line !== theirs[index])
    for (let line = Math.max(at, 0); line < Math.max(at, 0) + 3; line++) {
      if (ours[line] === theirs[line]) continue
      console.log(`    line ${line + 1}\n      is       ${ours[line]}\n      expected ${theirs[line]}`)
    }
  }
}

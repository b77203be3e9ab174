// Processor time of a piece of work, as a median over rounds.

const rounds = 7

/** Prints the median processor time of a record over some rounds. Collector threads count; the clock on the wall does not. */
export async function measure(name: string, records: number, work: () => Promise<void>): Promise<void> {
  const wanted = process.argv[2]
  if (wanted !== undefined && !name.includes(wanted)) return
  await work()
  const results: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(start)
    results.push(((user + system) * 1000) / records)
  }
  const sorted = results.sort((a, b) => a - b)
  const range = `(${sorted[0]!.toFixed(0)}…${sorted.at(-1)!.toFixed(0)})`
  console.log(`${name.padEnd(48)} ${sorted[rounds >> 1]!.toFixed(0).padStart(6)} ns  ${range}`)
}

// Counts the checks of a conformance program and prints them as lines that the harness reads.
let count = 0
let failed = 0

export const bootstrap = process.env.BOOTSTRAP
if (bootstrap === undefined) throw new Error('BOOTSTRAP names no broker')

const limitMs = 60_000

/** Makes one check; a failure is printed and the program goes on. */
export async function check(name, body) {
  count++
  const startedAt = Date.now()
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in ${limitMs} ms`)), limitMs)
  })
  try {
    await Promise.race([body(), late])
    console.log(`PASS\t${Date.now() - startedAt}\t${name}`)
  } catch (error) {
    failed++
    const inner = (error?.errors ?? []).map(each => `\n${each.message}`).join('')
    const why = `${error?.stack ?? error}${inner}`.replaceAll('\t', ' ').replaceAll('\n', '\\n')
    console.log(`FAIL\t${Date.now() - startedAt}\t${name}\t${why}`)
  } finally {
    clearTimeout(timer)
  }
}

/** Ends the program, also when a client left something open. */
export function done() {
  process.stdout.write(`DONE\t${count}\n`, () => process.exit(failed === 0 ? 0 : 1))
}

/** Waits until something is so. */
export async function until(what, condition, timeoutMs = 30_000) {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what}: not after ${timeoutMs} ms`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** Messages whose key, value and one header all tell their number; ten keys. */
export const numbered = total =>
  Array.from({ length: total }, (_, i) => ({
    key: `key-${i % 10}`,
    value: `value-${i} ${'compressible '.repeat(10)}`,
    headers: { index: String(i) },
  }))

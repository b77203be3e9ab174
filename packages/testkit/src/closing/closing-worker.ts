// A process in which every kind of client is at work until it is told to end them: `node closing-worker.ts WORKPLACE`, with `Workplace` as JSON. Standard input says `abort`
// (all calls are given up by their signal) or `close`; how long each took is a line of JSON. After `close` nothing may keep the process alive.
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ending } from './closing-round.ts'
import { allWorks, type Work, type Workplace } from './works.ts'

/** What has not ended by then will not. */
const endMaxMs = 60_000
const lingerMaxMs = 3_000

const workplace = JSON.parse(process.argv[2]!) as Workplace
const works = allWorks(workplace)
const calls = new AbortController()
const running = works.map(({ run }) => run(calls.signal).catch(() => {}))

/** How long something takes, at most `endMaxMs`. */
async function timed(name: string, maxMs: number, work: Promise<unknown>): Promise<Ending> {
  const startedAt = performance.now()
  const end = new AbortController()
  const late = sleep(endMaxMs, undefined, { signal: end.signal }).catch(() => {})
  let error: string | undefined
  await Promise.race([work.catch((reason: unknown) => (error = String(reason))), late])
  end.abort()
  return { name, ms: Math.round(performance.now() - startedAt), maxMs, ...(error !== undefined && { error }) }
}

/** Calls that are given up are over at once. */
const abortMaxMs = 2_500

function abortCalls(areClosed: boolean): Promise<Ending[]> {
  calls.abort(new Error('given up'))
  const ended = works.map(({ name, endsByClose }, index) =>
    endsByClose && !areClosed ? [] : [timed(`the calls of the ${name}`, abortMaxMs, running[index]!)],
  )
  return Promise.all(ended.flat())
}

const closeWork = ({ name, closeMaxMs, close }: Work) =>
  timed(`closing the ${name}`, closeMaxMs, (async () => close())())

console.log('ready')
const input = createInterface({ input: process.stdin })
for await (const line of input) {
  if (line === 'abort') console.log(JSON.stringify(await abortCalls(false)))
  if (line !== 'close') continue
  const closed = await Promise.all(works.map(closeWork))
  console.log(JSON.stringify([...closed, ...(await abortCalls(true))]))
  break
}
process.stdin.destroy()
setTimeout(() => {
  console.log(`still alive: ${process.getActiveResourcesInfo().join()}`)
  process.exit(3)
}, lingerMaxMs).unref()

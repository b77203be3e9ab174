// `npm run simulate`: runs seeds of the simulation in worker processes and tells which of them broke a guarantee.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseOptions, type SimulateOptions, usage } from './options.ts'
import { formatFailure, Totals } from './report.ts'
import type { SeedResult } from './run-seed.ts'

const worker = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** Real time that one seed may take before its process is taken to be stuck in a loop without events. */
const seedMaxMs = 60_000

/** One share of the seeds: every `stride`th from `start` on. */
interface Share {
  readonly start: number
  readonly stride: number
  readonly count: number
}

interface Begin {
  readonly begin: string
  readonly seed: number
}

/** Runs a share in a worker process; when a seed gets stuck, reports it and goes on behind it in another. Returns failed processes. */
async function runShare(
  options: SimulateOptions,
  share: Share,
  onResult: (result: SeedResult) => void,
): Promise<number> {
  const { code, stuck } = await runWorker(options, share, onResult)
  if (!stuck) return code === 0 ? 0 : 1
  onResult(stuckResult(stuck))
  // Suites of a seed run one after the other: those behind the stuck one are given up with it.
  for (const suite of options.suites.slice(options.suites.indexOf(stuck.begin) + 1)) {
    onResult(stuckResult({ begin: suite, seed: stuck.seed }))
  }
  const done = (stuck.seed - share.start) / share.stride + 1
  const rest = { ...share, start: stuck.seed + share.stride, count: share.count - done }
  return rest.count > 0 ? await runShare(options, rest, onResult) : 0
}

function stuckResult({ begin, seed }: Begin): SeedResult {
  const message = `the process was stopped after ${seedMaxMs} ms: a loop without events, or a suite behind one in the same process`
  const failure = { check: 'the run comes to its end', message, stack: '', lastEvents: [] }
  return { suite: begin, seed, hash: '', lines: 0, figures: {}, failure }
}

function runWorker(
  options: SimulateOptions,
  share: Share,
  onResult: (result: SeedResult) => void,
): Promise<{ readonly code: number; readonly stuck: Begin | undefined }> {
  const child = spawn(process.execPath, workerParameters(options, share), {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let current: Begin | undefined
  let stuck: Begin | undefined
  let watchdog: NodeJS.Timeout | undefined
  const watch = () => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => {
      stuck = current
      child.kill('SIGKILL')
    }, seedMaxMs)
  }
  createInterface({ input: child.stdout }).on('line', line => {
    watch()
    if (line.startsWith('{"begin"')) current = JSON.parse(line) as Begin
    else if (line.startsWith('{"suite"')) onResult(JSON.parse(line) as SeedResult)
    else console.log(line)
  })
  watch()
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      clearTimeout(watchdog)
      resolve({ code: code ?? 1, stuck })
    })
  })
}

function workerParameters(options: SimulateOptions, { start, stride, count }: Share): string[] {
  return [
    '--conditions=@millrace/source',
    worker,
    '--seeds',
    String(count),
    '--start',
    String(start),
    '--stride',
    String(stride),
    '--repeat',
    String(options.repeatEvery),
    ...options.suites.flatMap(suite => ['--suite', suite]),
    ...(options.trace ? ['--trace'] : []),
    ...(options.failFast ? ['--fail-fast'] : []),
    ...(options.mutation ? ['--mutation', options.mutation] : []),
  ]
}

async function main(): Promise<number> {
  let options: SimulateOptions
  try {
    options = parseOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`)
    return 2
  }
  const totals = new Totals()
  const startedMs = Date.now()
  let done = 0
  const onResult = (result: SeedResult) => {
    totals.add(result)
    if (result.failure) console.error(formatFailure(result, options.mutation))
    if (++done % 100 === 0) console.log(`${done} runs, ${((Date.now() - startedMs) / 1000).toFixed(0)} s`)
  }
  const { seeds, start, workers } = options
  const shares = Array.from({ length: Math.min(workers, seeds) }, (_, index) => ({
    start: start + index,
    stride: workers,
    count: Math.floor((seeds - index + workers - 1) / workers),
  }))
  const broken = await Promise.all(shares.map(share => runShare(options, share, onResult)))
  for (const line of totals.lines()) console.log(line)
  console.log(`${done} runs in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
  const crashed = broken.reduce((sum, count) => sum + count, 0)
  if (crashed > 0) console.error(`${crashed} worker processes failed`)
  return totals.failed > 0 || crashed > 0 || done !== options.seeds * options.suites.length ? 1 : 0
}

process.exitCode = await main()

// `npm run simulate`: runs seeds of the simulation in worker processes and tells which of them broke a guarantee.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseOptions, type SimulateOptions, usage } from './options.ts'
import { formatFailure, Totals } from './report.ts'
import type { SeedResult } from './run-seed.ts'

const worker = fileURLToPath(new URL('./worker.ts', import.meta.url))

/** Runs one worker over its share of the seeds; calls `onResult` for each. Resolves with the worker's exit code. */
function runWorker(
  options: SimulateOptions,
  index: number,
  onResult: (result: SeedResult) => void,
): Promise<number> {
  const share = Math.floor((options.seeds - index + options.workers - 1) / options.workers)
  const parameters = [
    '--conditions=@millrace/source',
    worker,
    '--seeds',
    String(share),
    '--start',
    String(options.start + index),
    '--stride',
    String(options.workers),
    '--repeat',
    String(options.repeatEvery),
    ...options.suites.flatMap(suite => ['--suite', suite]),
    ...(options.trace ? ['--trace'] : []),
    ...(options.mutation ? ['--mutation', options.mutation] : []),
  ]
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: child.stdout }).on('line', line => {
    if (line.startsWith('{"suite"')) onResult(JSON.parse(line) as SeedResult)
    else console.log(line)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })
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
  const workers = Array.from({ length: Math.min(options.workers, options.seeds) }, (_, index) => index)
  const codes = await Promise.all(workers.map(index => runWorker(options, index, onResult)))
  for (const line of totals.lines()) console.log(line)
  console.log(`${done} runs in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
  const crashed = codes.filter(code => code !== 0).length
  if (crashed > 0) console.error(`${crashed} worker processes failed`)
  return totals.failed > 0 || crashed > 0 || done !== options.seeds * options.suites.length ? 1 : 0
}

process.exitCode = await main()

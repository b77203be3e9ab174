// Conformance: drives foreign Kafka clients against Apache Kafka and against Millrace. `npm run test:conformance`.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ApacheKafka } from './harness/apache-kafka.ts'
import { checkDataDir } from './harness/dump-log.ts'
import { engineNames, type Engine, type EngineName, type EngineOptions } from './harness/engine.ts'
import { install, kafkaLibs } from './harness/install.ts'
import { Millrace } from './harness/millrace.ts'
import { makeRunDir } from './harness/paths.ts'
import { failures, printTable, writeJson, type ScenarioResult } from './harness/report.ts'
import { Stage, type Scenario } from './harness/stage.ts'
import { scenarios } from './scenarios/index.ts'

const usage = `usage: npm run test:conformance -- [--engine millrace|apache|both] [--only name,…] [--list] [--keep] [--retry] [--long]

  --engine   which broker to drive (default: both)
  --only     scenarios to run, by name
  --list     print the scenarios and end
  --keep     keep the brokers' data folders (they stay anyway when a check failed)
  --retry    a scenario that fails is run once more on a fresh broker; the second outcome counts, the first is named
  --long     the longer form of scenarios that have one: minutes of faults instead of seconds`

interface Choice {
  readonly engines: readonly EngineName[]
  readonly scenarios: readonly Scenario[]
  readonly keep: boolean
  readonly retry: boolean
  readonly long: boolean
}

function choose(): Choice {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string', default: 'both' },
      only: { type: 'string' },
      list: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      retry: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) finish(usage)
  if (values.list) {
    const width = Math.max(...scenarios.map(scenario => scenario.name.length))
    finish(scenarios.map(each => `${each.name.padEnd(width)}  ${each.title}`).join('\n'))
  }
  const engines = engineNames.filter(name => values.engine === name || values.engine === 'both')
  if (engines.length === 0) fail(`no engine ${values.engine}: millrace, apache or both`)
  const wanted = values.only?.split(',').filter(Boolean)
  const unknown = wanted?.filter(name => !scenarios.some(scenario => scenario.name === name)) ?? []
  if (unknown.length > 0) fail(`no scenario ${unknown.join(', ')}: --list prints them`)
  const chosen = scenarios.filter(scenario => wanted === undefined || wanted.includes(scenario.name))
  const { keep, retry, long } = values
  return { engines, scenarios: chosen, keep, retry, long }
}

function finish(text: string): never {
  console.log(text)
  process.exit(0)
}

function fail(text: string): never {
  console.error(`${text}\n\n${usage}`)
  process.exit(2)
}

function createEngine(name: EngineName, options: EngineOptions): Promise<Engine> {
  mkdirSync(options.dir, { recursive: true })
  return name === 'apache' ? ApacheKafka.create(options) : Millrace.create(options)
}

/** Runs one scenario against one engine; whatever goes wrong becomes a failed check. */
async function perform(
  scenario: Scenario,
  name: EngineName,
  dir: string,
  { keep, long }: Pick<Choice, 'keep' | 'long'>,
): Promise<ScenarioResult> {
  const startedAt = Date.now()
  const engines: Engine[] = []
  const newEngine: Stage['newEngine'] = async options => {
    const engineDir = join(dir, engines.length === 0 ? 'broker' : `broker-${engines.length + 1}`)
    const engine = await createEngine(name, { ...options, dir: engineDir })
    engines.push(engine)
    return engine
  }
  mkdirSync(dir, { recursive: true })
  const stage = new Stage(scenario.name, name, dir, newEngine, long)
  console.log(`\n${scenario.name} on ${name}: ${scenario.title}`)
  try {
    await install('kafka')
    for (const need of scenario.needs) await install(need)
    if (scenario.ownEngine === undefined) {
      stage.engine = await newEngine()
      await stage.engine.start()
    }
    await scenario.run(stage)
    for (const engine of engines) {
      if (!engine.alive && scenario.ownEngine === undefined)
        throw new Error(`the broker ended by itself:\n${engine.logTail()}`)
      await engine.stop()
      if (name === 'millrace') await checkDataDir(stage, engine.dataDir)
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    stage.record('the scenario runs to its end', Date.now() - startedAt, why)
  } finally {
    for (const engine of engines) await engine.kill9()
  }
  const result = { scenario: scenario.name, engine: name, ms: Date.now() - startedAt, checks: stage.results }
  if (failures(result).length > 0) console.log(`  logs: ${dir}`)
  else if (!keep) for (const engine of engines) rmSync(engine.dataDir, { recursive: true, force: true })
  return result
}

async function main(): Promise<void> {
  const choice = choose()
  const startedAt = new Date()
  const runDir = makeRunDir(startedAt)
  console.log(`logs: ${runDir}`)
  // Other checks of this folder find Kafka's jars here.
  process.env.KAFKA_LIBS = kafkaLibs
  const results: ScenarioResult[] = []
  const secondTries: string[] = []
  for (const scenario of choice.scenarios) {
    for (const name of choice.engines) {
      if (scenario.engines?.includes(name) === false) continue
      const dir = join(runDir, name, scenario.name)
      let result = await perform(scenario, name, dir, choice)
      if (choice.retry && failures(result).length > 0) {
        secondTries.push(`${scenario.name} on ${name}: ${failures(result)[0]!.check}`)
        result = await perform(scenario, name, `${dir}-again`, choice)
      }
      results.push(result)
    }
  }
  printTable(results)
  for (const text of secondTries) console.log(`second try: ${text}`)
  const json = writeJson(runDir, startedAt, results)
  const failed = results.flatMap(failures).length
  const passed = results.flatMap(result => result.checks).length - failed
  console.log(`results: ${json}`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

await main()

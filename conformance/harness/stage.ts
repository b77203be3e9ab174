// What a scenario is given: an engine, a folder, and ways to make checks whose outcomes are counted.
import { join } from 'node:path'
import type { Engine, EngineName, EngineOptions } from './engine.ts'
import { kafkaLibs, type ForeignProgram } from './install.ts'
import { toolJava } from './java.ts'
import { Child, describeExit, run, tail, type Output, type RunOptions } from './process.ts'

export interface Scenario {
  readonly name: string
  /** One line: which clients, doing what. */
  readonly title: string
  readonly engines?: readonly EngineName[]
  /** Beside Apache Kafka's jars, of which brokers and tools are made: those are there for every scenario. */
  readonly needs: readonly ForeignProgram[]
  /** Set when the scenario starts engines by itself (through `newEngine`); otherwise a fresh one runs already. */
  readonly ownEngine?: true
  readonly run: (stage: Stage) => Promise<void>
}

export interface CheckResult {
  readonly engine: EngineName
  readonly scenario: string
  readonly check: string
  readonly ok: boolean
  readonly ms: number
  readonly error?: string
}

/** Arguments of a command: as a list, or as one string without quoting that is split at its spaces. */
export type Args = string | readonly string[]

const defaultCheckTimeoutMs = 60_000

export class Stage {
  readonly results: CheckResult[] = []
  /** Folder for this scenario's logs and files. */
  readonly dir: string
  readonly engineName: EngineName
  readonly newEngine: (options?: Omit<EngineOptions, 'dir'>) => Promise<Engine>
  /** Scenarios that have a longer form take it. */
  readonly isLong: boolean
  readonly #scenario: string
  #engine: Engine | undefined
  #logs = 0

  constructor(
    scenario: string,
    engineName: EngineName,
    dir: string,
    newEngine: Stage['newEngine'],
    isLong: boolean,
  ) {
    this.#scenario = scenario
    this.isLong = isLong
    this.engineName = engineName
    this.dir = dir
    this.newEngine = newEngine
  }

  get engine(): Engine {
    if (this.#engine === undefined) throw new Error(`${this.#scenario} has no engine yet`)
    return this.#engine
  }

  set engine(engine: Engine) {
    this.#engine = engine
  }

  get bootstrap(): string {
    return this.engine.bootstrap
  }

  /** Counts one outcome and prints it. */
  record(check: string, ms: number, error?: string): void {
    const ok = error === undefined
    this.results.push({
      engine: this.engineName,
      scenario: this.#scenario,
      check,
      ok,
      ms: Math.round(ms),
      ...(ok ? {} : { error }),
    })
    console.log(`  ${ok ? 'pass' : 'FAIL'}  ${String(Math.round(ms)).padStart(6)} ms  ${check}`)
    if (!ok) console.log(error.replaceAll(/^/gm, '        | '))
  }

  /** Runs one check; a failure is counted and the scenario goes on. */
  async check(name: string, body: () => unknown): Promise<boolean> {
    const startedAt = Date.now()
    try {
      await body()
      this.record(name, Date.now() - startedAt)
      return true
    } catch (error) {
      this.record(name, Date.now() - startedAt, error instanceof Error ? error.message : String(error))
      return false
    }
  }

  #log(command: string): string {
    this.#logs++
    const name = command.split('/').at(-1)!.replace(/^.*\./, '')
    return join(this.dir, `${String(this.#logs).padStart(3, '0')}-${name}.log`)
  }

  /** A command to its end; throws when it fails. */
  run(command: string, args: Args, options: Partial<RunOptions> = {}): Promise<Output> {
    return run(command, words(args), {
      timeoutMs: defaultCheckTimeoutMs,
      cwd: this.dir,
      logFile: this.#log(command),
      ...options,
    })
  }

  #spawn(name: string, command: string, args: readonly string[], onLine?: (line: string) => void): Child {
    const logFile = this.#log(name)
    return new Child(command, args, { cwd: this.dir, logFile, ...(onLine === undefined ? {} : { onLine }) })
  }

  /** kcat to its end, with the broker's address. */
  kcat(args: Args, options: Partial<RunOptions> = {}): Promise<Output> {
    return this.run('kcat', ['-b', this.bootstrap, ...words(args)], options)
  }

  /** kcat beside the scenario. */
  spawnKcat(args: Args): Child {
    return this.#spawn('kcat', 'kcat', ['-b', this.bootstrap, ...words(args)])
  }

  /** One of Kafka's own tools, by its class in `org.apache.kafka.tools` or a full name. */
  java(tool: string, args: Args, options: Partial<RunOptions> = {}): Promise<Output> {
    const logFile = this.#log(tool)
    return this.run('java', toolJava(kafkaLibs, mainClass(tool), ...words(args)), { logFile, ...options })
  }

  /** The same with the broker's address as `--bootstrap-server`. */
  kafka(tool: string, args: Args, options: Partial<RunOptions> = {}): Promise<Output> {
    return this.java(tool, ['--bootstrap-server', this.bootstrap, ...words(args)], options)
  }

  /** One of Kafka's tools beside the scenario. */
  spawnJava(tool: string, args: Args, onLine?: (line: string) => void): Child {
    return this.#spawn(tool, 'java', toolJava(kafkaLibs, mainClass(tool), ...words(args)), onLine)
  }

  /** The same with the broker's address as `--bootstrap-server`. */
  spawnKafka(tool: string, args: Args, onLine?: (line: string) => void): Child {
    return this.spawnJava(tool, ['--bootstrap-server', this.bootstrap, ...words(args)], onLine)
  }

  /** A new topic with its own name; made by Kafka's own tool, so that it does not depend on the client under test. */
  async createTopic(
    name: string,
    partitions: number,
    configs: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const settings = Object.entries(configs).flatMap(([key, value]) => ['--config', `${key}=${value}`])
    const shape = ['--partitions', String(partitions), '--replication-factor', '1']
    await this.kafka('TopicCommand', ['--create', '--topic', name, ...shape, ...settings])
    return name
  }

  /**
   * A program of ours in a foreign language, which makes checks of its own: it finds the broker in BOOTSTRAP and prints
   * `PASS<tab>ms<tab>name` or `FAIL<tab>ms<tab>name<tab>why` for each, and `DONE<tab>count` at its end.
   */
  async program(
    name: string,
    command: string,
    args: readonly string[],
    options: { cwd?: string; timeoutMs?: number; env?: Readonly<Record<string, string>> } = {},
  ): Promise<void> {
    const startedAt = Date.now()
    let announced = -1
    let counted = 0
    const onLine = (line: string): void => {
      const [kind, ms, check, why] = line.split('\t')
      if (kind === 'DONE') announced = Number(ms)
      if (kind !== 'PASS' && kind !== 'FAIL') return
      counted++
      this.record(
        check!,
        Number(ms),
        kind === 'PASS' ? undefined : (why ?? 'no reason given').replaceAll('\\n', '\n'),
      )
    }
    const child = new Child(command, args, {
      cwd: options.cwd ?? this.dir,
      env: { BOOTSTRAP: this.bootstrap, ...options.env },
      logFile: join(this.dir, `${name}.log`),
      onLine,
    })
    child.stdin.end()
    const timeoutMs = options.timeoutMs ?? 180_000
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    const exit = await child.exited
    clearTimeout(timer)
    if (counted > 0 && announced === counted) return
    const took = Date.now() - startedAt
    const late = took >= timeoutMs ? `not done in ${timeoutMs} ms, ` : ''
    this.record(
      `${name} runs to its end`,
      took,
      `${late}${describeExit(exit)} after ${counted} checks:\n${tail(child, 30)}`,
    )
  }
}

const words = (args: Args): readonly string[] =>
  typeof args === 'string' ? args.split(' ').filter(Boolean) : args

const mainClass = (tool: string): string =>
  /^(kafka|org)\./.test(tool) ? tool : `org.apache.kafka.tools.${tool}`

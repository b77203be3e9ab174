// The computer that the broker runs on: its disk stays, its processes come and go.
import type { RunningBroker } from '@millrace/broker/internal'
import type { PartitionLog } from '@millrace/log'
import { sleep, TimeoutError } from '@millrace/runtime'
import { SimDisk, type SimHost, type Survival } from '../../sim/index.ts'
import { Violation } from '../violation.ts'
import type { Run } from './run.ts'
import { dataDirectory, startBroker } from './start-broker.ts'

const patienceMs = 120_000

/** How a broker ends. */
export type Ending = 'kill' | 'power loss' | 'clean'

export class Machine {
  readonly disk: SimDisk
  readonly #run: Run
  #host: SimHost | undefined
  #broker: RunningBroker | undefined
  #incarnation = 0
  #busy = false
  /** Faults that may make a start or a clean stop fail are in force. */
  hostile = false

  constructor(run: Run) {
    this.#run = run
    this.disk = new SimDisk(run.world.scheduler)
  }

  /** Counts starts: answers of different incarnations are not compared. */
  get incarnation(): number {
    return this.#incarnation
  }

  get up(): boolean {
    return this.#broker !== undefined && this.#host?.process.alive === true
  }

  /** An ending or a start is under way. */
  get busy(): boolean {
    return this.#busy
  }

  /** Starts until a broker is up. Only a crash or a fault of the disk excuses a start that fails. */
  async start(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const host = this.#run.world.spawn('broker')
      this.#host = host
      this.#incarnation++
      // The wall clock may have been set forwards or backwards while the machine was down.
      host.process.clock.skewMs = this.#run.random(`clock ${this.#incarnation}`).between(-600_000, 600_000)
      this.#run.count('broker starts')
      const outcome = await host.process.outcome(this.#inTime(this.#startIn(host), 'start'))
      if (outcome.status === 'fulfilled') {
        this.#broker = outcome.value
        if (this.#run.mutation === 'acknowledge-early') acknowledgeEarly(this.#broker)
        this.#run.note('the broker is up')
        return
      }
      host.process.kill()
      if (outcome.status === 'rejected' && (!this.hostile || attempt > 200)) {
        throw new Violation('the log directory is sound', 'the broker does not start', {
          cause: outcome.reason,
        })
      }
      await sleep(this.#run.director.clock, 500)
    }
  }

  /** Ends the broker as told and starts it again after a while. */
  async restart(ending: Ending, survival: Survival, downMs: number): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    try {
      await this.#end(ending, survival)
      await sleep(this.#run.director.clock, downMs)
      await this.start()
    } finally {
      this.#busy = false
    }
  }

  /** The broker dies in the middle of a change of the disk, some changes from now; without changes it dies anyway after a while. */
  async crashInWrite(
    changesBefore: number,
    ending: 'kill' | 'power loss',
    survival: Survival,
    downMs: number,
  ): Promise<void> {
    if (this.#busy || !this.up) return
    const host = this.#host
    this.disk.crashInChange(changesBefore, () => {})
    for (let waited = 0; host?.process.alive && waited < 3000; waited += 50)
      await sleep(this.#run.director.clock, 50)
    this.disk.disarmCrash()
    await this.restart(ending, survival, downMs)
  }

  /** Closes the broker in order. Throws a `Violation` when it cannot. */
  async stop(): Promise<void> {
    await this.#end('clean', 'everything')
  }

  async #end(ending: Ending, survival: Survival): Promise<void> {
    this.#run.note(`the broker ends: ${ending}`)
    this.#run.count(`ends by ${ending}`)
    const host = this.#host
    if (ending === 'clean' && this.#broker && host?.process.alive) await this.#close(this.#broker, host)
    host?.process.kill()
    this.#broker = undefined
    if (ending === 'power loss') this.disk.losePower(survival)
  }

  async #close(broker: RunningBroker, host: SimHost): Promise<void> {
    const outcome = await host.process.outcome(this.#inTime(broker.close(), 'close'))
    if (outcome.status !== 'rejected' || this.hostile) return
    throw new Violation('the run comes to its end', 'the broker does not close', { cause: outcome.reason })
  }

  #startIn(host: SimHost): Promise<RunningBroker> {
    return startBroker(host, this.disk.forProcess(host.process), this.#run.scenario)
  }

  /** The promise, or an error when it takes longer than any start or stop may. */
  async #inTime<T>(promise: Promise<T>, what: string): Promise<T> {
    const patience = new AbortController()
    const late = sleep(this.#run.director.clock, patienceMs, patience.signal).then(() => {
      throw new TimeoutError(`the broker did not ${what} within ${patienceMs} ms`)
    })
    try {
      return await Promise.race([promise, late])
    } finally {
      patience.abort()
      late.catch(() => {})
    }
  }

  /** Every file below the data directory, by path. */
  files(): Map<string, Buffer> {
    const found = new Map<string, Buffer>()
    for (const [path, file] of this.disk.volume.files()) {
      if (path.startsWith(`/${dataDirectory}/`))
        found.set(path.slice(dataDirectory.length + 2), file.cached.copy())
    }
    return found
  }
}

/** The defect `acknowledge-early`: whatever was appended is taken for durable as soon as somebody asks. */
function acknowledgeEarly({ logs }: RunningBroker): void {
  const early = <L extends PartitionLog | undefined>(log: L): L => {
    if (log) log.holds = () => true
    return log
  }
  const get = logs.get.bind(logs)
  const create = logs.create.bind(logs)
  logs.get = (topic, partition) => early(get(topic, partition))
  logs.create = (...options) => early(create(...options))
  for (const { topic, partition } of logs.partitions()) logs.get(topic, partition)
  logs.commit = () => Promise.resolve()
}

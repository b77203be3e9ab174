// One run of the log simulation: picks what happens next, keeps the model in step, and checks after every step.
import { defaultLogConfig, LogError, type PartitionLog } from '@millrace/log'
import { randomUuid } from '@millrace/runtime'
import { failingSyncs, SimRandom, type SimWorld, type Survival, syncFailureCodes } from '../../sim/index.ts'
import type { Mutation } from '../suite.ts'
import { Violation } from '../violation.ts'
import { encodeWireBatch, type WireBatch } from '../wire-batch.ts'
import { checkClosedDirectory } from './log-files.ts'
import { LogReader } from './log-reader.ts'
import type { LogScenario } from './log-scenario.ts'
import { type ModelBatch, PartitionModel } from './partition-model.ts'
import { dataDirectory, StorageHost } from './storage-host.ts'
import { lastStableOffset, transactionsOf } from './transaction-model.ts'
import { TransactionWriter } from './transaction-writer.ts'

export class LogWorkload {
  readonly figures: Record<string, number> = {}
  readonly #scenario: LogScenario
  readonly #random: SimRandom
  readonly #storage: StorageHost
  readonly #reader: LogReader
  readonly #transactions: TransactionWriter
  readonly #mutation: Mutation | undefined
  readonly #models: PartitionModel[] = []
  /** Those that a full disk kept from being made. */
  readonly #missing: PartitionModel[] = []
  #valueNumber = 0

  constructor(world: SimWorld, scenario: LogScenario, mutation: Mutation | undefined) {
    this.#scenario = scenario
    this.#mutation = mutation
    this.#random = world.scheduler.random.fork('log workload')
    this.#storage = new StorageHost(world, scenario, mutation)
    this.#reader = new LogReader(this.#storage, () => this.#count('reads'))
    this.#transactions = new TransactionWriter({
      random: this.#random.fork('transactions'),
      nowMs: () => this.#storage.nowMs,
      value: () => this.#value(),
      coordinatorEpoch: () => this.#storage.leaderEpoch,
      alive: () => this.#storage.alive,
      count: name => this.#count(name),
    })
  }

  async run(): Promise<void> {
    await this.#storage.open()
    for (let index = 0; index < this.#scenario.partitions; index++) this.#addPartition(index)
    for (let step = 0; step < this.#scenario.steps; step++) {
      if (this.#mutation === 'bit-flip' && step % 20 === 19) this.#flipBit()
      await this.#step()
      this.#observe()
    }
    await this.#restartCleanly()
    await this.#restartCleanly()
  }

  async #step(): Promise<void> {
    const { chances } = this.#scenario
    const random = this.#random
    const survival = (): Survival => random.pick(['some', 'some', 'some', 'nothing', 'everything'])
    if (random.chance(chances.kill)) return await this.#crash('everything', false)
    if (random.chance(chances.powerLoss)) return await this.#crash(survival(), true)
    if (random.chance(chances.crashInWrite)) {
      this.#storage.disk.crashInChange(random.between(0, 20), () => {})
    }
    if (random.chance(chances.cleanRestart)) return await this.#restartCleanly()
    if (random.chance(chances.fullDisk)) return await this.#fillDisk()
    if (random.chance(chances.failedSync)) return await this.#failSync()
    if (random.chance(chances.deletePartition)) return await this.#deletePartition()
    if (random.chance(chances.deleteRecords)) return await this.#deleteRecords()
    if (random.chance(chances.retention)) return await this.#retain()
    await this.#ordinaryStep()
  }

  async #ordinaryStep(): Promise<void> {
    const random = this.#random
    const dice = random.float()
    if (dice < 0.65) await this.#appendGroup()
    else if (dice < 0.9) await this.#readSomewhere(random.pick(this.#models))
    else await this.#storage.pass(random.exponential(random.pick([1, 100, 3000])))
    await this.#reviveIfDead()
  }

  /** Appends to several partitions in one turn and asks for one commit; now and then waits for it. */
  async #appendGroup(): Promise<void> {
    const random = this.#random
    const touched = random
      .shuffled(this.#models)
      .slice(0, random.between(1, Math.min(10, this.#models.length)))
    const ends = new Map<PartitionModel, number>()
    for (const model of touched) {
      if (!this.#storage.attempt('append', () => this.#append(model))) return
      ends.set(model, model.endOffset)
    }
    const level = random.chance(0.8) ? 'durable' : 'written'
    const promised = this.#scenario.fsync === 'never' || level === 'durable'
    const { host, manager } = this.#storage
    const commit = host.process.outcome(manager.commit(level)).then(outcome => {
      if (outcome.status === 'fulfilled' && promised && host === this.#storage.host) {
        for (const [model, end] of ends) model.promisedEnd = Math.max(model.promisedEnd, end)
        this.#count('commits')
      }
      return outcome
    })
    if (random.chance(0.4)) this.#storage.judge(await commit, 'commit')
    else if (random.chance(0.5)) await this.#storage.pass(random.float())
  }

  /** One batch, new or repeated, of one of two producers or none. */
  #append(model: PartitionModel): void {
    const random = this.#random
    this.#storage.host.process.assertAlive()
    const log = this.#logOf(model)
    this.#align(model, log)
    if (random.chance(this.#scenario.chances.transaction)) return this.#transactions.append(model, log)
    const drawn = random.pick([-1, 1, 2])
    const producerId = drawn < 0 ? drawn : drawn + model.idShift
    const last = producerId < 0 ? undefined : model.lastOf(producerId)
    if (last && last.baseOffset >= log.logStartOffset && random.chance(0.15)) {
      const again = log.append(
        encodeWireBatch({ ...this.#wire(last.values), producerId, baseSequence: last.baseSequence }),
      )
      if (!again.duplicate || again.baseOffset !== last.baseOffset) {
        const detail = `${model.name}: the repetition of the batch at ${last.baseOffset} is taken as new at ${again.baseOffset}`
        throw new Violation('idempotent producers write each record once', detail)
      }
      return
    }
    if (last && last.baseOffset >= log.logStartOffset && random.chance(0.05))
      this.#appendOutOfOrder(model, log, producerId, last)
    const baseSequence = producerId < 0 ? -1 : last ? last.baseSequence + last.values.length : 0
    const values = Array.from({ length: random.between(1, 4) }, () => this.#value())
    const expected = { baseOffset: model.endOffset, producerId, baseSequence, values }
    // Noted before it is done: when the process dies over it, a part of it may be there.
    model.append(expected)
    try {
      const info = log.append(encodeWireBatch({ ...this.#wire(values), producerId, baseSequence }))
      if (this.#storage.alive && (info.duplicate || info.baseOffset !== expected.baseOffset)) {
        const detail = `${model.name} gives offset ${info.baseOffset} to a new batch that belongs at ${expected.baseOffset}`
        throw new Violation('an offset holds one record for ever', detail)
      }
    } catch (error) {
      if (this.#storage.alive) model.batches.pop()
      throw error
    }
    this.#count('batches')
  }

  #appendOutOfOrder(model: PartitionModel, log: PartitionLog, producerId: number, last: ModelBatch): void {
    const baseSequence = last.baseSequence + last.values.length + 7
    try {
      log.append(encodeWireBatch({ ...this.#wire(['gap']), producerId, baseSequence }))
    } catch (error) {
      if (error instanceof LogError && error.codeName === 'OUT_OF_ORDER_SEQUENCE_NUMBER') return
      throw error
    }
    const detail = `${model.name} takes sequence ${baseSequence} of producer ${producerId} after ${last.baseSequence}`
    throw new Violation('records of a producer keep their order', detail)
  }

  #wire(values: readonly string[]) {
    return {
      baseOffset: 0,
      producerEpoch: 0,
      timestamp: this.#storage.nowMs,
      values: values.map(value => Buffer.from(value)),
    }
  }

  #value(): string {
    const length = this.#random.between(0, this.#scenario.valueBytesMax)
    return `value ${++this.#valueNumber} `.padEnd(length, 'x')
  }

  /** Appends that could not be written are taken back: the model follows, if there was a reason. */
  #align(model: PartitionModel, log: PartitionLog): void {
    if (log.logEndOffset === model.endOffset) return
    if (!this.#storage.hostile) {
      const detail = `${model.name} ends at ${log.logEndOffset} instead of ${model.endOffset}, and nothing went wrong`
      throw new Violation('acknowledged records are kept', detail)
    }
    model.recovered(log.logEndOffset)
  }

  async #readSomewhere(model: PartitionModel): Promise<void> {
    const log = this.#logOf(model)
    const { logStartOffset, highWatermark } = log
    if (logStartOffset >= highWatermark) return
    const offset = this.#random.between(logStartOffset, highWatermark - 1)
    if (this.#random.chance(0.3)) {
      await this.#reader.readCommitted(model, log, offset)
      return
    }
    await this.#reader.read(model, log, offset, this.#random.between(1, 5_000))
  }

  async #deleteRecords(): Promise<void> {
    const model = this.#random.pick(this.#models)
    const log = this.#logOf(model)
    if (log.highWatermark === 0) return
    const offset = this.#random.between(0, log.highWatermark)
    model.requestedStart = Math.max(model.requestedStart, offset)
    const outcome = await this.#storage.host.process.outcome((async () => await log.deleteRecords(offset))())
    if (this.#storage.judge(outcome, 'deleteRecords')) {
      model.promisedStart = Math.max(model.promisedStart, offset)
      this.#count('record deletions')
    }
    await this.#reviveIfDead()
  }

  /** Retention by size strikes some partitions, while what was appended may be under way. */
  async #retain(): Promise<void> {
    const { host, manager } = this.#storage
    if (this.#random.chance(0.5)) await this.#appendGroup()
    if (!this.#storage.alive) return await this.#reviveIfDead()
    const struck: PartitionModel[] = []
    for (const model of this.#models) {
      const log = this.#logOf(model)
      const retentionBytes = this.#random.chance(0.5) ? this.#random.between(0, log.sizeInBytes) : -1
      log.configure({ ...this.#logConfig(), retentionBytes })
      if (retentionBytes >= 0) struck.push(model)
    }
    const retaining = host.process.outcome(manager.enforceRetention())
    if (this.#random.chance(0.5)) await this.#appendGroup()
    const outcome = await retaining
    // The active segment goes, too, when nothing may stay.
    for (const model of struck) model.requestedStart = Math.max(model.requestedStart, model.endOffset)
    if (this.#storage.judge(outcome, 'retention')) this.#count('retentions')
    await this.#reviveIfDead()
    for (const model of this.#models) {
      const log = this.#logOf(model)
      log.configure(this.#logConfig())
      // What was shown as gone stays so: with the room to write it down.
      if (outcome.status === 'fulfilled' && !this.#storage.hostile && this.#scenario.fsync === 'group')
        model.promisedStart = Math.max(model.promisedStart, log.logStartOffset)
    }
  }

  async #deletePartition(): Promise<void> {
    const index = this.#random.between(0, this.#models.length - 1)
    const model = this.#models[index]!
    model.deleting = true
    const deletion = (async () => await this.#storage.manager.delete(model.topic, model.partition))()
    if (this.#storage.judge(await this.#storage.host.process.outcome(deletion), 'delete')) {
      this.#replacePartition(model)
      this.#count('partition deletions')
      await this.#reviveIfDead()
    } else {
      // Done or not done: only looking again tells.
      await this.#crash('everything', false)
    }
  }

  #addPartition(index: number): void {
    const topicId = randomUuid(this.#random)
    const model = new PartitionModel(`topic-${index % 3}`, Math.floor(index / 3), topicId)
    this.#models.push(model)
    this.#create(model)
  }

  /** A deleted partition comes again as another one, with a new id and nothing in it. */
  #replacePartition(model: PartitionModel): void {
    const next = new PartitionModel(model.topic, model.partition, randomUuid(this.#random))
    const index = this.#models.indexOf(model)
    this.#models[index] = next
    if (this.#storage.attempt('create', () => this.#create(next)) || !this.#storage.alive) return
    // The disk is full: it is made when there is room.
    this.#models.splice(index, 1)
    this.#missing.push(next)
  }

  #makeMissing(): void {
    for (const model of this.#missing.splice(0)) {
      this.#models.push(model)
      this.#storage.attempt('create', () => this.#create(model))
    }
  }

  #create(model: PartitionModel): void {
    this.#storage.manager.create(model.topic, model.partition, model.topicId, this.#logConfig())
  }

  #flipBit(): void {
    const { disk } = this.#storage
    const logs = [...disk.volume.files()].filter(
      ([path, file]) => path.endsWith('.log') && file.cached.size > 0,
    )
    if (logs.length === 0) return
    const [path, file] = this.#random.pick(logs)
    disk.corrupt(path, this.#random.between(0, file.cached.size - 1))
  }

  #logConfig() {
    const { segmentBytes, indexIntervalBytes } = this.#scenario
    return { ...defaultLogConfig, segmentBytes, indexIntervalBytes, fileDeleteDelayMs: 1000 }
  }

  #logOf(model: PartitionModel): PartitionLog {
    const log = this.#storage.manager.get(model.topic, model.partition)
    if (log) return log
    throw new Violation('acknowledged records are kept', `${model.name} is not there`)
  }

  /** High watermarks only rise, and nothing is shown that is not in the log. */
  #observe(): void {
    if (!this.#storage.alive) return
    for (const model of this.#models) {
      if (model.unsure) continue
      const log = this.#logOf(model)
      const { highWatermark, logEndOffset } = log
      if (highWatermark < model.shownEnd || highWatermark > logEndOffset) {
        const detail = `${model.name} shows ${highWatermark} after ${model.shownEnd}, the log ending at ${logEndOffset}`
        throw new Violation('the high watermark never goes back', detail)
      }
      model.shownEnd = highWatermark
      if (model.exact) this.#observeStable(model, log)
    }
  }

  #observeStable(model: PartitionModel, log: PartitionLog): void {
    const { logStartOffset, highWatermark } = log
    const expected = lastStableOffset(transactionsOf(model.batches), logStartOffset, highWatermark)
    if (log.lastStableOffset === expected) return
    const detail = `${model.name} says ${log.lastStableOffset} where it is ${expected} (high watermark ${highWatermark})`
    throw new Violation('the last stable offset is that of the oldest open transaction', detail)
  }

  async #reviveIfDead(): Promise<void> {
    if (!this.#storage.alive)
      await this.#crash('some', this.#scenario.chances.powerLoss > 0 && this.#random.chance(0.5))
  }

  async #crash(survival: Survival, power: boolean): Promise<void> {
    this.#storage.crash(power, survival)
    if (power && this.#scenario.fsync === 'never') for (const model of this.#models) model.doubt()
    this.#count(power ? 'losses of power' : 'kills')
    // Recovery itself may be cut short, too.
    if (this.#random.chance(0.2)) this.#storage.disk.crashInChange(this.#random.between(0, 30), () => {})
    await this.#storage.open()
    await this.#checkRecovered()
    this.#storage.disk.disarmCrash()
  }

  async #restartCleanly(): Promise<void> {
    if (!(await this.#storage.close())) return await this.#crash('everything', false)
    const { disk } = this.#storage
    this.#count('batches on disk', checkClosedDirectory(disk, dataDirectory))
    this.#count('clean restarts')
    for (const model of this.#models) if (!model.unsure) model.promiseAll()
    if (this.#random.chance(this.#scenario.chances.powerLossAfterStop)) {
      // The mark says that everything is durable, whether syncs were asked for before or not: it is there, and it is right.
      disk.losePower(this.#random.pick(['some', 'some', 'nothing']))
      checkClosedDirectory(disk, dataDirectory)
      this.#count('losses of power after a stop')
    }
    await this.#storage.open()
    await this.#checkRecovered()
  }

  /** After opening: every partition is there up to what was promised and shown, and reads back whole. */
  async #checkRecovered(): Promise<void> {
    for (const model of this.#models.slice()) {
      if (!this.#storage.alive) break
      if (model.unsure) await this.#adopt(model)
      else this.#storage.attempt('reopen', () => this.#recover(model))
    }
    if (!this.#storage.alive) return await this.#crash('some', this.#scenario.chances.powerLoss > 0)
    this.#observe()
    for (const model of this.#models.slice()) await this.#readAll(model)
    await this.#reviveIfDead()
  }

  /** Power was lost where nothing is synced: what is there must be whole, and is what there was from now on. */
  async #adopt(model: PartitionModel): Promise<void> {
    const { host, manager } = this.#storage
    let log: PartitionLog | undefined
    this.#storage.attempt('reopen', () => {
      log = manager.get(model.topic, model.partition)
    })
    if (!log) {
      if (this.#storage.alive) this.#replacePartition(model)
      return
    }
    if (log.topicId !== model.topicId) {
      // The broker deletes what its metadata does not name.
      const deletion = manager.delete(model.topic, model.partition)
      if (this.#storage.judge(await host.process.outcome(deletion), 'delete')) this.#replacePartition(model)
      return
    }
    log.configure(this.#logConfig())
    const found: WireBatch[] = []
    let offset: number | undefined = log.logStartOffset
    while (offset !== undefined && offset < log.highWatermark)
      offset = await this.#reader.read(model, log, offset, 20_000, found)
    if (offset === undefined) return
    model.adopt(found, log.logStartOffset, log.logEndOffset)
    model.deleting = false
    this.#count('logs after a loss of power without syncs')
  }

  #recover(model: PartitionModel): void {
    const log = this.#storage.manager.get(model.topic, model.partition)
    if (!log) {
      if (!model.deleting && (model.promisedEnd > 0 || model.shownEnd > 0)) {
        throw new Violation('acknowledged records are kept', `${model.name} is gone after recovery`)
      }
      this.#replacePartition(model)
      return
    }
    if (log.topicId !== model.topicId) {
      const detail = `${model.name} has id ${log.topicId}, which was deleted, instead of ${model.topicId}`
      throw new Violation('acknowledged topics stay, deleted ones go', detail)
    }
    model.deleting = false
    log.configure(this.#logConfig())
    model.recovered(log.logEndOffset)
    const { logStartOffset } = log
    if (logStartOffset < model.promisedStart || logStartOffset > model.requestedStart) {
      const bounds = `${model.promisedStart} was promised and at most ${model.requestedStart} asked for`
      throw new Violation(
        'the log directory is sound',
        `${model.name} starts at ${logStartOffset}: ${bounds}`,
      )
    }
  }

  async #readAll(model: PartitionModel): Promise<void> {
    const log = this.#storage.attempt('open a partition', () => this.#logOf(model))
      ? this.#logOf(model)
      : undefined
    if (!log) return
    await this.#reader.readAll(model, log)
    if (this.#storage.alive) await this.#reader.readAllCommitted(model, log)
  }

  async #fillDisk(): Promise<void> {
    const { disk } = this.#storage
    this.#storage.hostile = true
    disk.profile.capacityBytes = disk.volume.usedBytes() + this.#random.between(0, 5_000)
    for (let step = this.#random.between(1, 30); step > 0; step--) {
      const dice = this.#random.float()
      if (dice < 0.1) await this.#retain()
      else if (dice < 0.2) await this.#deleteRecords()
      else if (dice < 0.25 && this.#models.length > 1) await this.#deletePartition()
      else if (dice < 0.3) await this.#crash('everything', false)
      else await this.#ordinaryStep()
    }
    // Whatever was made of it, with room everything goes on by itself.
    disk.profile.capacityBytes = Number.POSITIVE_INFINITY
    await this.#storage.pass(3_000)
    await this.#reviveIfDead()
    this.#makeMissing()
    await this.#settle()
    this.#storage.hostile = false
    this.#count('full disks')
  }

  /** Syncing fails, with whatever code: nothing more may be promised until a restart, and a loss of power must find no broken promise. */
  async #failSync(): Promise<void> {
    const { disk } = this.#storage
    this.#storage.hostile = true
    this.#storage.distrusted = true
    const code = this.#random.pick(syncFailureCodes)
    const one = this.#random.chance(0.6)
    const failure = one
      ? { afterLogs: this.#random.between(0, 10) }
      : { chance: this.#random.pick([0.1, 0.5]) }
    disk.failing = failingSyncs(this.#random, code, failure)
    // Appends close on each other: what one sync was to make durable another is asked for too.
    for (let step = this.#random.between(1, one ? 60 : 10); step > 0 && this.#storage.alive; step--) {
      await (one ? this.#appendGroup() : this.#ordinaryStep())
    }
    await this.#reviveIfDead()
    disk.failing = undefined
    for (let step = this.#random.between(0, 5); step > 0; step--) await this.#ordinaryStep()
    await this.#crash('some', true)
    this.#storage.hostile = false
    this.#storage.distrusted = false
    this.#count(`syncs failed with ${code}`)
  }

  /** Waits until what is under way has come to its end, and follows what was taken back. */
  async #settle(): Promise<void> {
    const { host, manager } = this.#storage
    this.#storage.judge(await host.process.outcome(manager.commit('durable')), 'commit')
    await this.#reviveIfDead()
    for (const model of this.#models) this.#align(model, this.#logOf(model))
  }

  #count(name: string, amount = 1): void {
    this.figures[name] = (this.figures[name] ?? 0) + amount
  }
}

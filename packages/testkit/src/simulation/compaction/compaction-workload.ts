// One run of the compaction simulation: appends, cleans, crashes and reads, and compares what is there with the model.
import type { PartitionLog } from '@millrace/log'
import { codecs, RecordBatchWriter, writeTransactionMarker } from '@millrace/protocol'
import { randomUuid } from '@millrace/runtime'
import {
  failingSyncs,
  type SimRandom,
  type SimWorld,
  type Survival,
  syncFailureCodes,
} from '../../sim/index.ts'
import { checkClosedDirectory } from '../log/log-files.ts'
import { dataDirectory, StorageHost } from '../log/storage-host.ts'
import type { Mutation } from '../suite.ts'
import { Violation } from '../violation.ts'
import { type CompactionScenario, restMaxMs } from './compaction-scenario.ts'
import { type FoundLog, type KeyedBatch, KeyedModel } from './keyed-model.ts'
import { type KeyedRead, readKeyed } from './keyed-reader.ts'

/** Producer ids: of plain records, of two that are idempotent, of two that write transactions. */
const plain = -1
const idempotent = [1, 2]
const transactional = [11, 12]

export class CompactionWorkload {
  readonly figures: Record<string, number> = {}
  readonly #scenario: CompactionScenario
  readonly #random: SimRandom
  readonly #storage: StorageHost
  readonly #models: KeyedModel[] = []
  #valueNumber = 0

  constructor(world: SimWorld, scenario: CompactionScenario, mutation: Mutation | undefined) {
    this.#scenario = scenario
    this.#random = world.scheduler.random.fork('compaction workload')
    this.#storage = new StorageHost(world, scenario, mutation)
  }

  async run(): Promise<void> {
    await this.#open()
    for (let index = 0; index < this.#scenario.partitions; index++) {
      const model = new KeyedModel(index, randomUuid(this.#random))
      this.#models.push(model)
      const log = this.#storage.manager.create(
        model.topic,
        model.partition,
        model.topicId,
        this.#scenario.config,
      )
      this.#appendRecords(model, log, plain)
    }
    // From here on they are there, whatever happens.
    await this.#settle()
    for (let step = 0; step < this.#scenario.steps; step++) await this.#step()
    await this.#cleanAll()
    await this.#restartCleanly()
    await this.#checkAll()
    await this.#restartCleanly()
  }

  /** Opens the directory, and has it cleaned by itself from then on. */
  async #open(): Promise<void> {
    await this.#storage.open()
    this.#storage.manager.useConfigs(() => this.#scenario.config)
    this.#storage.manager.startCleaner(this.#scenario.cleaner)
  }

  async #step(): Promise<void> {
    const { chances } = this.#scenario
    const random = this.#random
    const survival = (): Survival => random.pick(['some', 'some', 'some', 'nothing', 'everything'])
    if (random.chance(chances.kill)) return await this.#crash('everything', false)
    if (random.chance(chances.powerLoss)) return await this.#crash(survival(), true)
    if (random.chance(chances.cleanRestart)) return await this.#restartCleanly()
    if (random.chance(chances.fullDisk)) return await this.#fillDisk()
    if (random.chance(chances.failedSync)) return await this.#failSync()
    if (random.chance(chances.clean)) return await this.#clean()
    if (random.chance(chances.retention)) return await this.#retain()
    if (random.chance(chances.deleteRecords)) return await this.#deleteRecords()
    await this.#ordinaryStep()
  }

  async #ordinaryStep(): Promise<void> {
    const random = this.#random
    const dice = random.float()
    if (dice < 0.75) await this.#appendGroup()
    else if (dice < 0.9) await this.#readCommitted(random.pick(this.#models))
    else await this.#storage.pass(random.exponential(random.pick([1, 100, 1000])))
    await this.#reviveIfDead()
  }

  /** Appends to a few partitions and asks for one commit; now and then waits for it. */
  async #appendGroup(): Promise<void> {
    const random = this.#random
    const ends = new Map<KeyedModel, number>()
    for (let count = random.between(1, 4); count > 0; count--) {
      const model = random.pick(this.#models)
      if (!this.#storage.attempt('append', () => this.#append(model))) return
      ends.set(model, model.endOffset)
    }
    const { host, manager } = this.#storage
    const commit = host.process.outcome(manager.commit('durable')).then(outcome => {
      if (outcome.status === 'fulfilled' && host === this.#storage.host)
        for (const [model, end] of ends) model.promisedEnd = Math.max(model.promisedEnd, end)
      return outcome
    })
    if (random.chance(0.5)) this.#storage.judge(await commit, 'commit')
  }

  #append(model: KeyedModel): void {
    const random = this.#random
    this.#storage.host.process.assertAlive()
    const log = this.#logOf(model)
    this.#align(model, log)
    if (random.chance(0.1)) log.roll()
    if (random.chance(this.#scenario.chances.transaction)) return this.#appendTransactional(model, log)
    const producerId = random.pick([plain, plain, ...idempotent])
    const last = model.lastOf(producerId)
    if (producerId !== plain && last && random.chance(0.2)) return this.#repeat(model, log, last)
    this.#appendRecords(model, log, producerId)
  }

  #appendTransactional(model: KeyedModel, log: PartitionLog): void {
    const producerId = this.#random.pick(transactional)
    if (!model.isOpen(producerId) || this.#random.chance(0.5))
      return this.#appendRecords(model, log, producerId)
    const marker = this.#random.chance(0.5) ? 'commit' : 'abort'
    const bytes = writeTransactionMarker({
      producerId,
      producerEpoch: 0,
      coordinatorEpoch: 0,
      commit: marker === 'commit',
      timestamp: this.#storage.nowMs,
    })
    const record = { offset: model.endOffset, key: '', value: null }
    this.#put(model, log, bytes, {
      producerId,
      baseSequence: -1,
      transactional: true,
      marker,
      records: [record],
    })
    this.#count(`transactions ended by ${marker}`)
  }

  #appendRecords(model: KeyedModel, log: PartitionLog, producerId: number): void {
    const random = this.#random
    const last = model.lastOf(producerId)
    const next = last ? last.baseSequence + last.records.length : 0
    const base = model.endOffset
    const records = Array.from({ length: random.between(1, 5) }, (_, index) => ({
      offset: base + index,
      key: `key ${Math.min(random.between(0, this.#scenario.keys - 1), random.between(0, this.#scenario.keys - 1))}`,
      value: random.chance(this.#scenario.chances.tombstone) ? null : `value ${++this.#valueNumber}`,
    }))
    const isTransactional = transactional.includes(producerId)
    const baseSequence = producerId === plain ? -1 : next
    const batch = { producerId, baseSequence, transactional: isTransactional, records }
    this.#put(model, log, this.#encode(batch), batch)
  }

  #encode({
    producerId,
    baseSequence,
    transactional: isTransactional,
    records,
  }: Omit<KeyedBatch, 'baseOffset' | 'appendedAtMs'>): Buffer {
    const writer = new RecordBatchWriter()
    for (const { key, value } of records) writer.append(this.#storage.nowMs, key, value)
    return writer.finish({
      codec: codecs[this.#scenario.codec],
      ...(producerId === plain
        ? {}
        : { producerId, producerEpoch: 0, baseSequence, transactional: isTransactional }),
    })
  }

  #put(
    model: KeyedModel,
    log: PartitionLog,
    bytes: Buffer,
    fields: Omit<KeyedBatch, 'baseOffset' | 'appendedAtMs'>,
  ): void {
    const batch: KeyedBatch = { ...fields, baseOffset: model.endOffset, appendedAtMs: this.#storage.nowMs }
    // Noted before it is done: when the process dies over it, a part of it may be there.
    model.batches.push(batch)
    try {
      const info = log.append(bytes, {
        origin: fields.marker ? 'coordinator' : 'client',
        verification: 'off',
      })
      if (this.#storage.alive && (info.duplicate || info.baseOffset !== batch.baseOffset)) {
        const detail = `${model.name} gives offset ${info.baseOffset} to a new batch that belongs at ${batch.baseOffset}`
        throw new Violation('an offset holds one record for ever', detail)
      }
    } catch (error) {
      if (this.#storage.alive) model.batches.pop()
      throw error
    }
    this.#count('batches')
  }

  /** The last batch of a producer comes again, whatever compaction has left of it. */
  #repeat(model: KeyedModel, log: PartitionLog, last: KeyedBatch): void {
    const again = log.append(this.#encode(last))
    if (again.duplicate && again.baseOffset === last.baseOffset) return
    const detail = `${model.name}: the repetition of the batch at ${last.baseOffset} is taken as new at ${again.baseOffset}`
    throw new Violation('idempotent producers write each record once', detail)
  }

  /** Appends that could not be written are taken back: the model follows, if there was a reason. */
  #align(model: KeyedModel, log: PartitionLog): void {
    if (log.logEndOffset === model.endOffset) return
    if (!this.#storage.hostile) {
      const detail = `${model.name} ends at ${log.logEndOffset} instead of ${model.endOffset}, and nothing went wrong`
      throw new Violation('acknowledged records are kept', detail)
    }
    model.recovered(log.logEndOffset)
  }

  /** Cleans the dirtiest log, while others go on; in many runs the process dies over it. */
  async #clean(): Promise<void> {
    const random = this.#random
    const { host, manager, disk } = this.#storage
    if (random.chance(this.#scenario.chances.crashInClean))
      disk.crashInChange(random.between(0, 60), () => {})
    const cleaning = host.process.outcome(manager.cleanDirtiest())
    for (let step = random.between(0, 4); step > 0 && this.#storage.alive; step--) {
      if (random.chance(0.5)) await this.#appendGroup()
      else await this.#readCommitted(random.pick(this.#models))
    }
    const outcome = await cleaning
    if (this.#storage.judge(outcome, 'clean') && outcome.value) this.#count('cleanings')
    disk.disarmCrash()
    await this.#reviveIfDead()
    await this.#checkAll()
  }

  /** Cleans everything that can be, and checks that nothing superseded is left of it. */
  async #cleanAll(): Promise<void> {
    const { manager } = this.#storage
    const config = { ...this.#scenario.config, minCleanableDirtyRatio: 0, minCompactionLagMs: 0 }
    manager.useConfigs(() => config)
    manager.startCleaner({ ...this.#scenario.cleaner, backoffMs: 2 ** 31 - 1 })
    await this.#settle()
    // What was given up a short while ago rests.
    await this.#storage.pass(2 * restMaxMs)
    while (await manager.cleanDirtiest()) this.#count('cleanings')
    for (const model of this.#models) {
      const found = await this.#find(model)
      if (!found) continue
      const bases = this.#logOf(model)
        .describeSegments()
        .map(({ baseOffset }) => baseOffset)
      const limit = Math.min(found.lastStableOffset, found.activeBaseOffset)
      const end = bases.findLast(base => base <= limit) ?? 0
      model.checkCleaned(found, end)
    }
  }

  async #retain(): Promise<void> {
    const { host, manager } = this.#storage
    const { config } = this.#scenario
    for (const model of this.#models) {
      const log = this.#logOf(model)
      const retentionBytes = this.#random.chance(0.5) ? this.#random.between(0, log.sizeInBytes) : -1
      log.configure({ ...config, retentionBytes })
      if (retentionBytes >= 0 && config.cleanupDelete)
        model.requestedStart = Math.max(model.requestedStart, model.endOffset)
    }
    const cleaning = this.#random.chance(0.5) ? host.process.outcome(manager.cleanDirtiest()) : undefined
    const outcome = await host.process.outcome(manager.enforceRetention())
    if (cleaning) await cleaning
    if (this.#storage.judge(outcome, 'retention')) this.#count('retentions')
    await this.#reviveIfDead()
    for (const model of this.#models) this.#logOf(model).configure(config)
  }

  async #deleteRecords(): Promise<void> {
    const model = this.#random.pick(this.#models)
    const log = this.#logOf(model)
    const offset = this.#random.between(0, log.highWatermark)
    model.requestedStart = Math.max(model.requestedStart, offset)
    const outcome = await this.#storage.host.process.outcome((async () => await log.deleteRecords(offset))())
    if (this.#storage.judge(outcome, 'deleteRecords')) this.#count('record deletions')
    await this.#reviveIfDead()
  }

  /** A read in the middle of everything, which brings what is committed and nothing else. */
  async #readCommitted(model: KeyedModel): Promise<void> {
    const log = this.#logOf(model)
    const from = this.#random.between(log.logStartOffset, Math.max(log.logStartOffset, log.lastStableOffset))
    const upper = log.lastStableOffset
    const maxBytes = this.#random.pick([1, 500, 100_000])
    const read = await this.#read(log, from, upper, true, maxBytes)
    if (read) this.#checkCommitted(model, read, from)
  }

  #checkCommitted(model: KeyedModel, { records }: KeyedRead, from: number): void {
    const fates = model.fates()
    for (const record of records) {
      model.checkRecord(record)
      const batch = model.batches.findLast(({ baseOffset }) => baseOffset <= record.offset)!
      if (fates.get(batch) === 'committed') continue
      const detail = `${model.name}: ${record.key} at offset ${record.offset}, read from ${from}, is ${fates.get(batch)}`
      throw new Violation(
        'readers of committed data see what is decided, and of that what is committed',
        detail,
      )
    }
    this.#count('committed reads')
  }

  /** Undefined when the process died over it, or what was to be read was deleted. */
  async #read(
    log: PartitionLog,
    from: number,
    upper: number,
    committed: boolean,
    maxBytes: number,
  ): Promise<KeyedRead | undefined> {
    const outcome = await this.#storage.host.process.outcome(
      readKeyed(log, from, upper, { committed, maxBytes }),
    )
    if (outcome.status === 'rejected' && from < log.logStartOffset) return undefined
    return this.#storage.judge(outcome, 'read') ? outcome.value : undefined
  }

  async #find(model: KeyedModel): Promise<FoundLog | undefined> {
    const log = this.#logOf(model)
    const { logStartOffset, lastStableOffset, highWatermark } = log
    const activeBaseOffset = log.describeSegments().at(-1)!.baseOffset
    const raw = await this.#read(log, logStartOffset, highWatermark, false, 100_000)
    if (!raw || log.logStartOffset !== logStartOffset) return undefined
    if (raw.nextOffset !== highWatermark) {
      const detail = `${model.name}: reading ends at ${raw.nextOffset}, the high watermark is ${highWatermark}`
      throw new Violation('consumers see every record', detail)
    }
    return { logStartOffset, lastStableOffset, activeBaseOffset, records: raw.records }
  }

  async #checkAll(): Promise<void> {
    await this.#settle()
    if (this.#storage.manager.cleanerFigures.uncleanablePartitions > 0)
      throw new Violation('the run comes to its end', 'a log that is sound cannot be cleaned')
    for (const model of this.#models) {
      const found = this.#storage.alive ? await this.#find(model) : undefined
      if (!found) continue
      if (found.logStartOffset > model.requestedStart) {
        const detail = `${model.name} starts at ${found.logStartOffset}, and at most ${model.requestedStart} was asked for`
        throw new Violation('the log directory is sound', detail)
      }
      model.checkAll(found, this.#storage.nowMs, this.#scenario.config)
      const log = this.#logOf(model)
      const read = await this.#read(log, found.logStartOffset, found.lastStableOffset, true, 100_000)
      if (read) this.#checkCommitted(model, read, found.logStartOffset)
      this.#count('whole logs compared')
    }
    await this.#reviveIfDead()
  }

  #logOf(model: KeyedModel): PartitionLog {
    const log = this.#storage.manager.get(model.topic, model.partition)
    if (log) return log
    throw new Violation('acknowledged records are kept', `${model.name} is not there`)
  }

  /** Waits until what is under way has come to its end, and follows what was taken back. */
  async #settle(): Promise<void> {
    const { host, manager } = this.#storage
    this.#storage.judge(await host.process.outcome(manager.commit('durable')), 'commit')
    await this.#reviveIfDead()
    for (const model of this.#models) this.#align(model, this.#logOf(model))
  }

  async #reviveIfDead(): Promise<void> {
    if (this.#storage.alive) return
    await this.#crash('some', this.#scenario.chances.powerLoss > 0 && this.#random.chance(0.5))
  }

  async #crash(survival: Survival, power: boolean): Promise<void> {
    this.#storage.crash(power, survival)
    this.#count(power ? 'losses of power' : 'kills')
    // Recovery itself may be cut short, too.
    if (this.#random.chance(0.3)) this.#storage.disk.crashInChange(this.#random.between(0, 30), () => {})
    await this.#open()
    this.#storage.disk.disarmCrash()
    for (const model of this.#models) model.recovered(this.#logOf(model).logEndOffset)
    await this.#checkAll()
  }

  async #restartCleanly(): Promise<void> {
    if (!(await this.#storage.close())) return await this.#crash('everything', false)
    this.#count('batches on disk', checkClosedDirectory(this.#storage.disk, dataDirectory))
    for (const model of this.#models) model.promisedEnd = model.endOffset
    await this.#open()
    await this.#checkAll()
  }

  async #fillDisk(): Promise<void> {
    const { disk } = this.#storage
    this.#storage.hostile = true
    disk.profile.capacityBytes = disk.volume.usedBytes() + this.#random.between(0, 3_000)
    for (let step = this.#random.between(1, 20); step > 0; step--) {
      if (this.#random.chance(0.3))
        await this.#storage.host.process.outcome(this.#storage.manager.cleanDirtiest())
      else await this.#ordinaryStep()
      await this.#reviveIfDead()
    }
    disk.profile.capacityBytes = Number.POSITIVE_INFINITY
    await this.#storage.pass(3_000)
    await this.#reviveIfDead()
    await this.#settle()
    this.#storage.hostile = false
    this.#count('full disks')
  }

  /** Syncing fails: nothing more may be promised until a restart, and what was replaced must not be lost with it. */
  async #failSync(): Promise<void> {
    const { disk } = this.#storage
    this.#storage.hostile = true
    this.#storage.distrusted = true
    disk.failing = failingSyncs(this.#random, this.#random.pick(syncFailureCodes), { chance: 0.2 })
    for (let step = this.#random.between(1, 10); step > 0 && this.#storage.alive; step--) {
      if (this.#random.chance(0.3))
        await this.#storage.host.process.outcome(this.#storage.manager.cleanDirtiest())
      else await this.#appendGroup()
    }
    disk.failing = undefined
    await this.#crash('some', true)
    this.#storage.hostile = false
    this.#storage.distrusted = false
    this.#count('failed syncs')
  }

  #count(name: string, amount = 1): void {
    this.figures[name] = (this.figures[name] ?? 0) + amount
  }
}

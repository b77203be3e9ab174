// Transactional producers and their coordinator, as a partition's log sees them: batches that begin and go on with transactions, markers, and
// what must be refused.
import {
  type AppendInfo,
  type AppendOptions,
  LogError,
  type LogErrorName,
  type PartitionLog,
} from '@millrace/log'
import type { SimRandom } from '../../sim/index.ts'
import { Violation } from '../violation.ts'
import { encodeWireBatch } from '../wire-batch.ts'
import type { ModelBatch, PartitionModel } from './partition-model.ts'
import { transactionsOf } from './transaction-model.ts'

/** Version 1 of transactions keeps the epoch of a producer, version 2 raises it with each marker. */
const producers = [
  { producerId: 11, version: 1 },
  { producerId: 12, version: 1 },
  { producerId: 13, version: 2 },
  { producerId: 14, version: 2 },
] as const

type Producer = Readonly<Record<keyof (typeof producers)[number], number>>

/** Where a producer stands in a partition. */
interface Standing {
  readonly producerEpoch: number
  readonly nextSequence: number
  readonly open: boolean
}

const firstEpoch = 1
/** What is refused where the model does not know all that the log does. */
const producerErrors: ReadonlySet<LogErrorName> = new Set<LogErrorName>([
  'INVALID_PRODUCER_EPOCH',
  'INVALID_TXN_STATE',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'TRANSACTION_COORDINATOR_FENCED',
])

export interface TransactionWriterOptions {
  readonly random: SimRandom
  readonly nowMs: () => number
  readonly value: () => string
  /** Rises with each start. */
  readonly coordinatorEpoch: () => number
  readonly alive: () => boolean
  readonly count: (name: string) => void
}

export class TransactionWriter {
  readonly #options: TransactionWriterOptions

  constructor(options: TransactionWriterOptions) {
    this.#options = options
  }

  /** Appends a batch or a marker of one of the producers. The model is as long as the log. */
  append(model: PartitionModel, log: PartitionLog): void {
    const { random } = this.#options
    const { producerId, version } = random.pick(producers)
    const producer = { producerId: producerId + model.idShift, version }
    const standing = standingOf(model, producer)
    try {
      if (model.exact && standing.open && random.chance(0.1))
        this.#tryForbidden(model, log, producer, standing)
      if (standing.open && random.chance(0.4)) this.#end(model, log, producer, standing)
      else this.#write(model, log, producer, standing)
    } catch (error) {
      const known = error instanceof LogError && producerErrors.has(error.codeName)
      if (model.exact || !known) throw error
    }
  }

  #write(model: PartitionModel, log: PartitionLog, producer: Producer, standing: Standing): void {
    const { random, value } = this.#options
    const { producerId, version } = producer
    const { producerEpoch, nextSequence } = standing
    const verification = log.startVerification({
      producerId,
      producerEpoch,
      baseSequence: nextSequence,
      supportsEpochBump: version === 2,
    })
    if ((verification === undefined) !== standing.open && model.exact) {
      const said = verification ? 'not open' : 'open'
      throw new Violation(
        'no transaction hangs',
        `${model.name}: that of ${producerId} is ${said} to the log`,
      )
    }
    const batch = {
      baseOffset: model.endOffset,
      producerId,
      baseSequence: nextSequence,
      values: Array.from({ length: random.between(1, 3) }, value),
      transactional: { producerEpoch },
    }
    if (model.exact && verification && random.chance(0.1)) {
      // While the coordinator is asked the transaction is aborted: what was verified for it must not begin one.
      this.#end(model, log, producer, standing, false)
      const late = { ...batch, baseOffset: model.endOffset }
      this.#refused(model, log, late, { verification }, 'a batch that was verified before its marker')
      return
    }
    this.#put(model, log, batch, verification ? { verification } : {})
    this.#options.count('transactional batches')
  }

  #end(
    model: PartitionModel,
    log: PartitionLog,
    producer: Producer,
    standing: Standing,
    committed = this.#options.random.chance(0.5),
  ): void {
    const { random, count } = this.#options
    const marker = this.#marker(model, producer, standing, committed)
    const options = { origin: 'coordinator', transactionVersion: producer.version } as const
    const { fate } = this.#put(model, log, marker, options)
    count(committed ? 'commits of transactions' : 'aborts of transactions')
    // A coordinator that did not hear of it asks again. A full disk may have taken it back at once.
    if (random.chance(0.1) && fate.state !== 'takenBack')
      this.#put(model, log, { ...marker, baseOffset: model.endOffset }, options)
  }

  #marker(
    model: PartitionModel,
    { producerId, version }: Producer,
    { producerEpoch }: Standing,
    committed: boolean,
  ): ModelBatch {
    return {
      baseOffset: model.endOffset,
      producerId,
      baseSequence: -1,
      values: [''],
      transactional: { producerEpoch: version === 2 ? producerEpoch + 1 : producerEpoch },
      marker: { committed, coordinatorEpoch: this.#options.coordinatorEpoch() },
    }
  }

  /** What must not get into an open transaction, and what must not end it. */
  #tryForbidden(model: PartitionModel, log: PartitionLog, producer: Producer, standing: Standing): void {
    const { random } = this.#options
    const { producerId, version } = producer
    const marker = this.#marker(model, producer, standing, false)
    const late = {
      ...marker,
      transactional: { producerEpoch: standing.producerEpoch - (version === 2 ? 0 : 1) },
    }
    const options = { origin: 'coordinator', transactionVersion: version } as const
    this.#refused(model, log, late, options, `a marker of an older epoch (version ${version})`)
    const last = model.batches.findLast(batch => batch.producerId === producerId && batch.marker)
    if (last?.marker && random.chance(0.5)) {
      const old = { committed: false, coordinatorEpoch: last.marker.coordinatorEpoch - 1 }
      this.#refused(model, log, { ...marker, marker: old }, options, 'a marker of an older coordinator')
    }
    const plain = encodeWireBatch({
      baseOffset: 0,
      producerId,
      producerEpoch: standing.producerEpoch,
      baseSequence: standing.nextSequence,
      timestamp: this.#options.nowMs(),
      values: [Buffer.from('plain')],
    })
    this.#refusedBytes(model, log, plain, {}, 'a batch outside of the open transaction')
  }

  #refused(
    model: PartitionModel,
    log: PartitionLog,
    batch: ModelBatch,
    options: AppendOptions,
    what: string,
  ): void {
    this.#refusedBytes(model, log, encode(batch, this.#options.nowMs()), options, what)
  }

  #refusedBytes(
    model: PartitionModel,
    log: PartitionLog,
    bytes: Buffer,
    options: AppendOptions,
    what: string,
  ): void {
    try {
      log.append(bytes, options)
    } catch (error) {
      if (!(error instanceof LogError) || !producerErrors.has(error.codeName)) throw error
      this.#options.count('forbidden appends')
      return
    }
    throw new Violation('no transaction hangs', `${model.name} takes ${what}`)
  }

  /** Noted before it is done: when the process dies over it, a part of it may be there. */
  #put(model: PartitionModel, log: PartitionLog, batch: ModelBatch, options: AppendOptions): AppendInfo {
    model.append(batch)
    try {
      const info = log.append(encode(batch, this.#options.nowMs()), options)
      const { baseOffset } = info
      if (!this.#options.alive() || baseOffset === batch.baseOffset) return info
      const detail = `${model.name} gives offset ${baseOffset} to a batch that belongs at ${batch.baseOffset}`
      throw new Violation('an offset holds one record for ever', detail)
    } catch (error) {
      if (this.#options.alive()) model.batches.pop()
      throw error
    }
  }
}

function standingOf(model: PartitionModel, { producerId, version }: Producer): Standing {
  const own = model.batches.filter(batch => batch.producerId === producerId)
  const producerEpoch = own.at(-1)?.transactional?.producerEpoch ?? firstEpoch
  const last = own.findLast(batch => !batch.marker)
  const goesOn = last && (version === 1 || last.transactional?.producerEpoch === producerEpoch)
  return {
    producerEpoch,
    nextSequence: goesOn ? last.baseSequence + last.values.length : 0,
    open: transactionsOf(model.batches).open.has(producerId),
  }
}

function encode({ transactional, values, ...rest }: ModelBatch, timestamp: number): Buffer {
  return encodeWireBatch({
    ...rest,
    baseOffset: 0,
    timestamp,
    producerEpoch: transactional?.producerEpoch ?? 0,
    transactional: true,
    values: values.map(value => Buffer.from(value)),
  })
}

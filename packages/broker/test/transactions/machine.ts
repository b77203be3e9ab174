// A transaction by itself, with a disk and partitions that do as the test says.
import assert from 'node:assert/strict'
import { errorByCode } from '@millrace/protocol'
import type { Ticket } from '../../src/coordination/ticket.ts'
import type { TransactionEffect, TransactionEvent, TransactionReply } from '../../src/transactions/events.ts'
import { step } from '../../src/transactions/step.ts'
import { partitionsOf } from '../../src/transactions/topic-partitions.ts'
import { newTransaction, type Transaction } from '../../src/transactions/transaction.ts'

type Store = Extract<TransactionEffect, { type: 'store' }>

export const somePartitions = partitionsOf([{ topic: 't', partitions: [0, 1] }])

/** Runs the state machine as the coordinator does, but one effect at a time. */
export class Machine {
  readonly transaction: Transaction
  nowMs = 1000
  /** Records on their way to the disk. */
  readonly stores: Store[] = []
  /** Whether markers are being written. */
  markers = 0
  isForgotten = false
  #nextProducerId: number
  readonly replies: TransactionReply[] = []

  constructor(producerId = 7) {
    this.transaction = newTransaction('id', producerId, 60_000, this.nowMs)
    this.#nextProducerId = producerId + 1
  }

  get state(): string {
    const { metadata, pending } = this.transaction
    return pending ? `${metadata.state} -> ${pending.state}` : metadata.state
  }

  /** `producer id/epoch` of the last durable record. */
  get producer(): string {
    const { producerId, producerEpoch } = this.transaction.metadata
    return `${producerId}/${producerEpoch}`
  }

  run(event: TransactionEvent): void {
    const effects: TransactionEffect[] = []
    step(this.transaction, event, this.nowMs, effects)
    for (const effect of effects) this.#do(effect)
  }

  /** The reply in short (`NONE 7/1`), or `waits`. */
  ask(make: (ticket: Ticket<TransactionReply>) => TransactionEvent): () => string {
    let reply: TransactionReply | undefined
    this.run(
      make({
        answer: given => {
          assert.equal(reply, undefined, 'answered once')
          reply = given
          this.replies.push(given)
        },
      }),
    )
    return () => (reply ? inShort(reply) : 'waits')
  }

  init(options: { expected?: [number, number]; level?: number } = {}): () => string {
    const { expected, level = 2 } = options
    return this.ask(ticket => ({
      type: 'init-producer-id',
      ticket,
      timeoutMs: 60_000,
      expected: expected ? { producerId: expected[0], producerEpoch: expected[1] } : null,
      level,
      freshProducerId: null,
    }))
  }

  add(producerId: number, producerEpoch: number, clientVersion = 2, level = 2): () => string {
    return this.ask(ticket => ({
      type: 'add-partitions',
      ticket,
      producerId,
      producerEpoch,
      clientVersion,
      level,
      partitions: somePartitions,
    }))
  }

  end(producerId: number, producerEpoch: number, committed: boolean, clientVersion = 2): () => string {
    return this.ask(ticket => ({
      type: 'end',
      ticket,
      producerId,
      producerEpoch,
      committed,
      clientVersion,
      level: 2,
      freshProducerId: null,
    }))
  }

  /** The oldest record is durable, or has failed. */
  store(errorCode = 0): void {
    const store = this.stores.shift()
    assert.ok(store, 'a record is on its way')
    this.run({ type: 'stored', next: store.next, errorCode })
  }

  /** All partitions have their marker. */
  writeMarkers(): void {
    assert.equal(this.markers, 1, 'markers are being written')
    this.markers = 0
    this.run({ type: 'markers-written' })
  }

  /** After a crash ids go on behind those that were taken. */
  skipProducerIds(count: number): void {
    this.#nextProducerId += count
  }

  /** Everything that is on its way gets there. */
  settle(): void {
    while (this.stores.length > 0 || this.markers > 0) {
      if (this.markers > 0) this.writeMarkers()
      else this.store()
    }
  }

  /** Takes the transaction to a state, with everything settled; the epoch goes up on the way. */
  to(state: 'Empty' | 'Ongoing' | 'CompleteCommit' | 'CompleteAbort', clientVersion = 2): this {
    this.init()
    this.settle()
    if (state === 'Empty') return this
    const { producerId, producerEpoch } = this.transaction.metadata
    this.add(producerId, producerEpoch, clientVersion)
    this.settle()
    if (state === 'Ongoing') return this
    this.end(producerId, producerEpoch, state === 'CompleteCommit', clientVersion)
    this.settle()
    return this
  }

  #do(effect: TransactionEffect): void {
    switch (effect.type) {
      case 'reply':
        effect.to.answer(effect.reply)
        return
      case 'store':
        this.stores.push(effect)
        return
      case 'write-markers':
        this.markers++
        return
      case 'need-producer-id':
        this.run({ ...effect.event, freshProducerId: this.#nextProducerId++ })
        return
      case 'retry':
        this.run(effect.event)
        return
      case 'forget':
        this.isForgotten = true
        return
      default:
    }
  }
}

function inShort({ errorCode, producerId, producerEpoch }: TransactionReply): string {
  const { name } = errorByCode(errorCode)
  return producerId === -1 ? name : `${name} ${producerId}/${producerEpoch}`
}

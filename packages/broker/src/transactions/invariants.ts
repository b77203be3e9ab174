// What holds of a transaction after every step.
import { invariant } from '@millrace/runtime'
import type { TransactionEffect, TransactionEvent } from './events.ts'
import { noProducerEpoch, type Transaction } from './transaction.ts'
import { isAtRest, isPrepared } from './transaction-state.ts'

export function checkStep(
  { metadata, pending }: Transaction,
  event: TransactionEvent,
  effects: readonly TransactionEffect[],
): void {
  invariant(isAnsweredOrWaits(event, effects), 'a request to a transaction is answered, or waits')
  invariant(
    !isPrepared(metadata.state) || pending !== null || event.type !== 'stored',
    'a transaction whose end is decided waits for its markers',
  )
  invariant(
    !isAtRest(metadata.state) || metadata.partitions.size === 0,
    'a transaction at rest has no partitions',
  )
  if (!pending || pending.state === 'Dead') return
  invariant(pending.producerEpoch > noProducerEpoch, 'what is stored has an epoch')
  invariant(
    pending.producerEpoch >= metadata.producerEpoch || pending.producerId !== metadata.producerId,
    'the epoch of a producer id never goes back',
  )
}

function isAnsweredOrWaits(event: TransactionEvent, effects: readonly TransactionEffect[]): boolean {
  if (event.type !== 'init-producer-id' && event.type !== 'add-partitions' && event.type !== 'end')
    return true
  return effects.some(effect => {
    if (effect.type === 'reply') return effect.to === event.ticket
    if (effect.type === 'need-producer-id') return effect.event === event
    return effect.type === 'store' && 'ticket' in effect.next && effect.next.ticket === event.ticket
  })
}

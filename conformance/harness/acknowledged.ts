// What a VerifiableProducer was acknowledged: one JSON event a line.

interface ProducerEvent {
  readonly name: string
  readonly value?: string
  readonly partition?: number
  readonly offset?: number
  readonly message?: string
}

/** What a record gets that the producer's main thread hands over while its shutdown hook closes it. */
const lateRecord = 'Producer closed while send in progress'

export class Acknowledged {
  count = 0
  errors = 0
  /** Offset by value, of each partition. A value is sent once; a second offset for it would be a duplicate answer. */
  readonly offsets = new Map<number, Map<string, number>>()

  take(line: string): void {
    if (!line.startsWith('{')) return
    const event = JSON.parse(line) as ProducerEvent
    if (event.name === 'producer_send_error' && event.message !== lateRecord) this.errors++
    if (event.name !== 'producer_send_success') return
    this.count++
    let partition = this.offsets.get(event.partition!)
    if (partition === undefined) this.offsets.set(event.partition!, (partition = new Map()))
    if (partition.has(event.value!)) throw new Error(`value ${event.value} was acknowledged twice`)
    partition.set(event.value!, event.offset!)
  }
}

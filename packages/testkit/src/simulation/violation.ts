// A promise of the product that a simulation saw broken.

/** What was promised, in the words of the checks. */
export type Guarantee =
  | 'acknowledged records are kept'
  | 'idempotent producers write each record once'
  | 'records of a producer keep their order'
  | 'an offset holds one record for ever'
  | 'records come back as they were sent'
  | 'committed offsets never go back'
  | 'consumers see every record'
  | 'readers of committed data see what is decided, and of that what is committed'
  | 'the last stable offset is that of the oldest open transaction'
  | 'no transaction hangs'
  | 'a transaction is lost to its timeout or a restart only'
  | 'each record counts once in a copy'
  | 'the high watermark never goes back'
  | 'the last record of each key is kept'
  | 'what is superseded goes'
  | 'the log directory is sound'
  | 'acknowledged topics stay, deleted ones go'
  | 'no process dies of an exception'
  | 'the run comes to its end'
  | 'plain producers duplicate only by retrying'

export class Violation extends Error {
  override readonly name = 'Violation'
  readonly guarantee: Guarantee

  constructor(guarantee: Guarantee, detail: string, options?: ErrorOptions) {
    super(`${guarantee}: ${detail}`, options)
    this.guarantee = guarantee
  }
}

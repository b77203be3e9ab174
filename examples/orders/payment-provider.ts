// The payment provider, as far as this application knows it: somebody else's service, which is slow, fails, and books whatever it is asked to only once.
import { setTimeout as sleep } from 'node:timers/promises'
import { FatalError, RetriableError } from '@millrace/service'
import { type Database, numberOf } from './database/database.ts'
import { isAmong, type SwitchBoard } from './switches.ts'

const answerMs = 5

export class PaymentProvider {
  readonly #database: Database
  readonly #board: SwitchBoard

  /** `database`: where it keeps its books, which are none of ours. */
  constructor(database: Database, board: SwitchBoard) {
    this.#database = database
    this.#board = board
  }

  /**
   * Has an order charged so much in all, by this version of it: books what is missing, or gives back what is too much. Asking again changes nothing, and neither does asking for a version that is
   * older than the last. Rejects with RetriableError when it does not answer, FatalError for a card that it does not know.
   */
  async settle(order: string, version: number, cents: number, signal: AbortSignal): Promise<void> {
    await sleep(answerMs, undefined, { signal })
    const { providerDown, flaky, badCards } = this.#board.now
    if (providerDown) throw new RetriableError('the payment provider does not answer')
    if (Math.random() < flaky) throw new RetriableError('the payment provider is busy')
    if (cents > 0 && isAmong(badCards, order))
      throw new FatalError(`the payment provider does not know the card of order ${order}`)
    await this.#database.transaction(async sql => {
      const [booked] = await sql.rows(
        'SELECT COALESCE(SUM(cents), 0) AS cents, COALESCE(MAX(version), 0) AS version FROM bookings WHERE order_id = ?',
        order,
      )
      if (version <= numberOf(booked, 'version')) return
      await sql.run(
        'INSERT INTO bookings (key, order_id, version, cents, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING',
        `${order}:${version}`,
        order,
        version,
        cents - numberOf(booked, 'cents'),
        Date.now(),
      )
    })
  }
}

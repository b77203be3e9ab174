// The level of `transaction.version` that the torture runs under: one that was chosen, or one that changes under way. What was there before comes back.
import type { Admin } from '@millrace/client'

const feature = 'transaction.version'

/** A level, or both of the protocols that clients speak in turn. */
export type TransactionVersionChoice = 0 | 1 | 2 | 'changing'

export class TransactionLevel implements AsyncDisposable {
  /** Whether it is to change under way. */
  readonly changes: boolean
  readonly #admin: Admin
  readonly #before: number
  #level: number

  /** Sets the level, and waits for nothing: clients hear of it when they connect. */
  static async choose(admin: Admin, choice: TransactionVersionChoice | undefined): Promise<TransactionLevel> {
    const { features } = await admin.describeFeatures()
    const before = features.find(({ name }) => name === feature)?.level ?? 0
    const level = new TransactionLevel(admin, before, choice === 'changing')
    if (typeof choice === 'number') await level.#set(choice)
    return level
  }

  private constructor(admin: Admin, before: number, changes: boolean) {
    this.changes = changes
    this.#admin = admin
    this.#before = before
    this.#level = before
  }

  /** From version 1 to version 2, or back. Returns the level that holds now. */
  async change(): Promise<number> {
    await this.#set(this.#level === 2 ? 1 : 2)
    return this.#level
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#set(this.#before)
  }

  async #set(level: number): Promise<void> {
    if (level === this.#level) return
    const kind = level > this.#level ? 'upgrade' : 'safeDowngrade'
    await this.#admin.updateFeatures([{ name: feature, level, kind }])
    this.#level = level
  }
}

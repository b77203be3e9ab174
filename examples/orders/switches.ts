// What fails, and how: switched on the page while everything runs. All processes have the same.
import { choiceOf, RequestError } from '@millrace/example-kit'

/** Shares are of 1. */
export interface Switches {
  /** The payment provider does not answer at all. */
  readonly providerDown: boolean
  /** Share of calls to the provider that fail, each for itself. */
  readonly flaky: number
  /** Share of orders whose card the provider does not know: no attempt can succeed. */
  readonly badCards: number
  /** Share of new orders whose event is written damaged, as by a bug of the sender. */
  readonly poison: number
  /** The database refuses stock, payment and new orders. */
  readonly databaseAway: boolean
}

export const calm: Switches = { providerDown: false, flaky: 0, badCards: 0, poison: 0, databaseAway: false }

const shares: readonly number[] = [0, 0.01, 0.05, 0.2, 0.5]

/** Switches as a request wants them; what it leaves out stays. Throws RequestError. */
export function switchesOf(before: Switches, body: Readonly<Record<string, unknown>>): Switches {
  const after: Record<string, unknown> = { ...before }
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(calm, name))
      throw new RequestError(400, `there is no switch "${name}"; there are ${Object.keys(calm).join(', ')}`)
    const isShare = typeof calm[name as keyof Switches] === 'number'
    after[name] = isShare ? choiceOf(name, value, shares) : choiceOf(name, value, [true, false])
  }
  return after as unknown as Switches
}

/** The switches of this process: looked at each time, since they change. */
export interface SwitchBoard {
  readonly now: Switches
}

/** Whether something is among a share of all: the same for the same text, whoever asks. */
export function isAmong(share: number, text: string): boolean {
  let hash = 2_166_136_261
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619)
  // The last bits of similar texts are similar: mix them.
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 < share
}

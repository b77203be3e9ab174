// How the application stands, asked of the cluster: who works on which partitions, what is waiting, and what was given up.
import { Admin } from '@millrace/client'
import { DeadLetterQueue, defaultNaming, type StoredLetter } from '@millrace/service'
import type { MessageStore } from './messages/message-store.ts'
import { group, notifications } from './topics.ts'

/** Dead letters that the page shows, the newest first. */
const lettersShown = 20
/** Letters that are counted at most: a page that is looked at must not read a topic without end. */
const lettersCounted = 1_000

export interface ShownLetter {
  readonly user: string
  readonly type: string
  readonly by: string
  readonly error: string
  readonly attempts: number
}

export interface Status {
  readonly instances: readonly { readonly name: string; readonly partitions: readonly number[] }[]
  /** Notifications that nobody has looked at so far. */
  readonly lag: number
  /** Notifications that wait for another attempt. */
  readonly retrying: number
  readonly messages: number
  readonly users: number
  /** What was given up and not sent back; `lettersCounted` stands for that and more. */
  readonly deadLetters: number
  readonly letters: readonly ShownLetter[]
}

function shown({ keyBytes, valueBytes, headers, letter }: StoredLetter): ShownLetter {
  const type = headers.find(({ key }) => key === 'ce_type')?.value?.toString() ?? ''
  return {
    user: keyBytes?.toString() ?? '',
    type,
    by: nameIn(valueBytes),
    error: letter?.errorMessage ?? letter?.reason ?? '',
    attempts: letter?.attempts ?? 1,
  }
}

/** Who did it, where that can be read: a dead letter may be anything. */
function nameIn(value: Buffer | null): string {
  try {
    const { by } = JSON.parse(String(value)) as { readonly by?: unknown }
    return typeof by === 'string' ? by : ''
  } catch {
    return ''
  }
}

export class StatusReader implements AsyncDisposable {
  readonly #admin: Admin
  readonly #letters: DeadLetterQueue
  readonly #store: MessageStore

  constructor(brokers: readonly string[], store: MessageStore) {
    this.#admin = new Admin({ brokers })
    this.#letters = new DeadLetterQueue({
      brokers,
      topic: defaultNaming.deadLetter(notifications.name, group),
    })
    this.#store = store
  }

  async read(signal?: AbortSignal): Promise<Status> {
    const [described] = await this.#admin.describeGroupLag([group], { ...(signal && { signal }) })
    const { members, partitions } = described!
    const lagOf = (isOurs: (topic: string) => boolean) =>
      partitions.reduce((sum, { topic, lag }) => sum + (isOurs(topic) ? (lag ?? 0) : 0), 0)
    const instances = members.map(({ clientId, assignment }) => ({
      name: clientId,
      partitions: assignment
        .filter(({ topic }) => topic === notifications.name)
        .map(({ partition }) => partition),
    }))
    return {
      instances: instances.toSorted((a, b) => a.name.localeCompare(b.name)),
      lag: lagOf(topic => topic === notifications.name),
      retrying: lagOf(topic => topic !== notifications.name),
      ...(await this.#store.count()),
      ...(await this.#pending(signal)),
    }
  }

  /** Sends everything back that was given up: returns how much. */
  async redrive(signal?: AbortSignal): Promise<number> {
    const { sent } = await this.#letters.redrive({ ...(signal && { signal }) })
    return sent
  }

  async #pending(signal?: AbortSignal): Promise<Pick<Status, 'deadLetters' | 'letters'>> {
    const letters: ShownLetter[] = []
    for await (const stored of this.#letters.letters({ ...(signal && { signal }) })) {
      if (!stored.isPending) continue
      letters.push(shown(stored))
      if (letters.length === lettersCounted) break
    }
    return { deadLetters: letters.length, letters: letters.toReversed().slice(0, lettersShown) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#letters[Symbol.asyncDispose]()
    this.#admin.close()
  }
}

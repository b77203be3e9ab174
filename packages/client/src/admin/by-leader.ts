// Sends one request to each leader of the partitions concerned and retries the partitions whose leader moved.
import { ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import {
  BrokerError,
  isRetriable,
  type KafkaError,
  needsMetadata,
  OperationTimeoutError,
  ProtocolError,
} from '../errors/index.ts'
import type { AdminCallOptions } from './call-options.ts'
import { concernsOneEntry } from './outcome.ts'

/** An unknown topic is final once it was asked for this long: one that was just created elsewhere may reach a broker a moment later. */
const missingGraceMs = 1000

/** What a leader says of one partition. */
interface LeaderAnswer {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
}

/** What became of one entry: `answer` is what its leader said, with an error code of 0, or undefined where there is an error. */
export interface LeaderOutcome<A> {
  readonly answer: A | undefined
  readonly error: KafkaError | undefined
}

/**
 * Calls `send` once for each leader with its share of `entries`, and again with those that fail with an error which time or newer metadata
 * may mend. Returns the outcomes in the order of the entries: those that are not settled when the call's time is up have an
 * OperationTimeoutError. Throws what concerns the call as a whole: no broker that can be reached, for one.
 */
export async function askLeaders<T extends TopicPartition, A extends LeaderAnswer>(
  cluster: Cluster,
  what: string,
  entries: readonly T[],
  options: AdminCallOptions,
  send: (leader: number, share: readonly T[]) => Promise<readonly A[]>,
): Promise<LeaderOutcome<A>[]> {
  const round = new LeaderRound<T, A>(cluster, what)
  let open: readonly T[] = entries
  try {
    await cluster.retry(
      what,
      async () => {
        await round.ask(open, options, send)
        open = open.filter(entry => !round.isSettled(entry))
        if (open.length > 0) throw round.problemOf(open[0]!)
      },
      options,
    )
  } catch (error) {
    if (!(error instanceof OperationTimeoutError) || !round.isHeard) throw error
    return entries.map(entry => round.outcomeOf(entry, error))
  }
  return entries.map(entry => round.outcomeOf(entry))
}

/** What is known of the entries of one call so far. */
class LeaderRound<T extends TopicPartition, A extends LeaderAnswer> {
  readonly #cluster: Cluster
  readonly #what: string
  readonly #since: number
  readonly #settled = new Map<T, LeaderOutcome<A>>()
  /** Why an entry has to be asked for again. */
  readonly #problems = new Map<T, KafkaError>()

  constructor(cluster: Cluster, what: string) {
    this.#cluster = cluster
    this.#what = what
    this.#since = cluster.clock.monotonic()
  }

  /** Whether a broker has said something of an entry. */
  get isHeard(): boolean {
    return this.#settled.size > 0 || [...this.#problems.values()].some(error => error instanceof BrokerError)
  }

  isSettled(entry: T): boolean {
    return this.#settled.has(entry)
  }

  problemOf(entry: T): KafkaError {
    return (
      this.#problems.get(entry) ?? new ProtocolError(`${this.#what}: nothing was said of ${nameOf(entry)}`)
    )
  }

  /** `late`: the call's time was up. */
  outcomeOf(entry: T, late?: OperationTimeoutError): LeaderOutcome<A> {
    const settled = this.#settled.get(entry)
    if (settled) return settled
    const problem = this.problemOf(entry)
    const cause = late ? `${this.#what} of ${nameOf(entry)} did not succeed in time: ${problem.message}` : ''
    return { answer: undefined, error: late ? new OperationTimeoutError(cause, { cause: problem }) : problem }
  }

  async ask(
    open: readonly T[],
    options: AdminCallOptions,
    send: (leader: number, share: readonly T[]) => Promise<readonly A[]>,
  ): Promise<void> {
    const byLeader = await this.#groupByLeader(open, options)
    const shares = [...byLeader].flatMap(([leader, entries]) =>
      distinctPartitions(entries).map(share => ({ leader, share })),
    )
    await Promise.all(
      shares.map(async ({ leader, share }) => {
        try {
          this.#take(share, await send(leader, share))
        } catch (error) {
          if (!concernsOneEntry(error) || !(isRetriable(error) || needsMetadata(error))) throw error
          this.#cluster.invalidateMetadata()
          for (const entry of share) this.#problems.set(entry, error)
        }
      }),
    )
  }

  #take(share: readonly T[], answers: readonly A[]): void {
    const found = new Map(answers.map(answer => [nameOf(answer), answer]))
    for (const entry of share) {
      const answer = found.get(nameOf(entry))
      const what = `${this.#what} of ${nameOf(entry)}`
      if (!answer) this.#problems.set(entry, new ProtocolError(`${what}: the response leaves it out`))
      else if (answer.errorCode === 0) this.#settled.set(entry, { answer, error: undefined })
      else this.#refuse(entry, new BrokerError(answer.errorCode, what))
    }
  }

  /** An error about one entry: final, or to be tried again. */
  #refuse(entry: T, error: BrokerError): void {
    const isUnknown = error.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    const isFinal = isUnknown ? !this.#mayCome(entry) : !isRetriable(error) && !needsMetadata(error)
    if (isFinal) {
      this.#settled.set(entry, { answer: undefined, error })
      return
    }
    if (needsMetadata(error)) this.#cluster.invalidateMetadata()
    this.#problems.set(entry, error)
  }

  /** Whether a partition that brokers do not know may be on its way to them. */
  #mayCome({ topic, partition }: T): boolean {
    const { freshTopics, clock } = this.#cluster
    return freshTopics.has(topic, partition) || clock.monotonic() - this.#since < missingGraceMs
  }

  /** Entries without a leader have their problem instead. */
  async #groupByLeader(open: readonly T[], options: AdminCallOptions): Promise<Map<number, T[]>> {
    const { metadata } = this.#cluster
    const topics = [...new Set(open.map(entry => entry.topic))]
    if (this.#cluster.metadataDue || topics.some(topic => !metadata.topic(topic))) {
      await this.#cluster.refreshMetadata(topics, options.signal)
    }
    const shares = new Map<number, T[]>()
    for (const entry of open) {
      const leader = metadata.partition(entry.topic, entry.partition)?.leader
      if (leader === undefined || leader === -1) {
        const known = metadata.problemOf(entry.topic)?.errorCode
        const errorCode =
          leader === -1 ? ErrorCode.LEADER_NOT_AVAILABLE : (known ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        this.#refuse(entry, new BrokerError(errorCode, `finding the leader of ${nameOf(entry)}`))
        continue
      }
      const share = shares.get(leader)
      if (share) share.push(entry)
      else shares.set(leader, [entry])
    }
    return shares
  }
}

/**
 * The entries in as few lists as it takes for none to name a partition twice, in their order: brokers refuse a request that does
 * (`INVALID_REQUEST`), or answer it with one answer.
 */
function distinctPartitions<T extends TopicPartition>(entries: readonly T[]): T[][] {
  const lists: T[][] = []
  const times = new Map<string, number>()
  for (const entry of entries) {
    const name = nameOf(entry)
    const before = times.get(name) ?? 0
    times.set(name, before + 1)
    const list = lists[before]
    if (list) list.push(entry)
    else lists.push([entry])
  }
  return lists
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

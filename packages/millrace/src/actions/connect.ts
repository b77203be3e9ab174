// Clients of a command: made from the options that all commands share, watched while they wait, closed when the command ends.
import {
  Admin,
  BrokerError,
  type ClientEvent,
  type ClusterOptions as ClientOptions,
  isClusterOption,
} from '@millrace/client'
import { ErrorCode } from '@millrace/protocol'
import { nodeNetwork } from '@millrace/runtime'
import type { ClusterOptions, Context } from '../context.ts'
import { BrokerWatch, type WatchOptions } from './broker-watch.ts'
import { readTarget, type Target } from './target.ts'

const connectTimeoutMaxMs = 10_000

/** What this command line sets by itself, with the names under which `-X` can set it otherwise. */
const kafkaNames: Readonly<Record<string, readonly string[]>> = {
  brokers: ['bootstrap.servers', 'metadata.broker.list'],
  clientId: ['client.id'],
  apiTimeoutMs: ['default.api.timeout.ms', 'max.block.ms'],
  requestTimeoutMs: ['request.timeout.ms'],
  connectTimeoutMs: ['socket.connection.setup.timeout.ms'],
  acks: ['request.required.acks'],
  compression: ['compression.type', 'compression.codec'],
  deliveryTimeoutMs: ['delivery.timeout.ms', 'message.timeout.ms'],
  batchSize: ['batch.size'],
  lingerMs: ['linger.ms', 'queue.buffering.max.ms'],
  groupId: ['group.id'],
  allowAutoTopicCreation: ['allow.auto.create.topics'],
  isolationLevel: ['isolation.level'],
  autoOffsetReset: ['auto.offset.reset'],
  fetchMaxWaitMs: ['fetch.max.wait.ms', 'fetch.wait.max.ms'],
}

/** How a command waits, where it is not as most do. */
export interface Waiting extends Pick<WatchOptions, 'silenceMs' | 'isAnswered' | 'isWaiting'> {
  /** Tries without end, unless the command line says how long. */
  readonly endless?: boolean
}

/** What a command has of its cluster: where it is, and an eye on the connections to it. Stop it when the command is done. */
export class Session {
  readonly target: Target
  readonly watch: BrokerWatch
  readonly #terminal: Context['terminal']

  /** Throws UsageError for options that name no cluster. */
  constructor(options: ClusterOptions, context: Context, waiting: Waiting = {}) {
    this.target = readTarget(options, context)
    this.#terminal = context.terminal
    const { timeoutMs, isTimeoutGiven, brokers } = this.target
    const isEndless = waiting.endless && !isTimeoutGiven
    this.watch = new BrokerWatch({
      ...waiting,
      network: nodeNetwork,
      terminal: context.terminal,
      brokers,
      timeoutMs,
      howLong: isEndless ? '' : ` for ${timeoutMs / 1000} s (--timeout)`,
    })
  }

  /** Options of a client: the common ones, `own` of the command, and over them the `-X` settings. */
  clientOptions<T extends object>(own: T): ClientOptions & T {
    return this.#options(own, this.target.settings)
  }

  /** The same for a consumer: who reads makes no topic. `tell` hears of warnings, but for those of topics, which the events tell. */
  consumerOptions<T extends object>(
    own: T,
    tell = (error: Error) => this.#terminal.note(`millrace: ${error.message}`),
  ): ClientOptions & T {
    const onWarning = (error: Error) => {
      const isOfTopic =
        error instanceof BrokerError && error.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
      if (!isOfTopic) tell(error)
    }
    return this.clientOptions({ allowAutoTopicCreation: false, onWarning, ...own })
  }

  /** Options of an admin client at the side of a producer or consumer: without the settings that only those have. */
  sideOptions(): ClientOptions {
    const entries = Object.entries(this.target.settings).filter(([name]) => isClusterOption(name))
    return this.#options({}, Object.fromEntries(entries))
  }

  #options<T extends object>(own: T, settings: Readonly<Record<string, string>>): ClientOptions & T {
    const { brokers, timeoutMs } = this.target
    const defaults = {
      brokers,
      clientId: 'millrace-cli',
      apiTimeoutMs: timeoutMs,
      requestTimeoutMs: timeoutMs,
      connectTimeoutMs: Math.min(timeoutMs, connectTimeoutMaxMs),
      network: this.watch.network,
      onEvent: (event: ClientEvent) => this.watch.onEvent(event),
      ...own,
    }
    const kept = Object.entries(defaults).filter(
      ([name]) => !kafkaNames[name]?.some(alias => alias in settings),
    )
    return { ...Object.fromEntries(kept), ...settings } as ClientOptions & T
  }
}

/** Runs `work` with an admin client and closes it afterwards, or at once when the signal aborts. */
export async function withAdmin<T>(
  options: ClusterOptions,
  context: Context,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const session = new Session(options, context)
  try {
    return await runAdmin(new Admin(session.clientOptions({})), context, work)
  } finally {
    session.watch.stop()
  }
}

/** The same at the side of a producer or consumer, in its session. */
export function withSideAdmin<T>(
  session: Session,
  context: Context,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  return runAdmin(new Admin(session.sideOptions()), context, work)
}

async function runAdmin<T>(admin: Admin, context: Context, work: (admin: Admin) => Promise<T>): Promise<T> {
  const close = () => admin.close()
  context.signal.addEventListener('abort', close, { once: true })
  try {
    return await work(admin)
  } catch (error) {
    context.signal.throwIfAborted()
    throw error
  } finally {
    context.signal.removeEventListener('abort', close)
    close()
  }
}

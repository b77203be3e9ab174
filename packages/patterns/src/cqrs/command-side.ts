// The command side: loads what a stream came to, has a command decided on it, and appends what comes of that.
import { ConfigError } from '@millrace/client'
import type { EventOf, EventTypes } from '@millrace/service'
import { ConcurrencyError } from '../event-store/errors.ts'
import type { EventStore } from '../event-store/event-store.ts'
import type { SnapshotStore } from '../event-store/snapshots.ts'
import type { EventPosition } from '../event-store/stored-event.ts'
import { checkFields, checkNumber } from '../options/split-options.ts'
import { type Aggregate, decidedEvents } from './aggregate.ts'
import { KeyedTurns } from './keyed-turns.ts'

/** What a {@link CommandSide} is made of. */
export interface CommandSideOptions<State, Command, Types extends EventTypes> {
  /** Where events are: started by who made it. */
  readonly store: EventStore<Types>
  /** What commands and events mean. */
  readonly aggregate: Aggregate<State, Command, Types>
  /** Where snapshots are. Default: none, and a stream that is not in memory is read from its first event. */
  readonly snapshots?: SnapshotStore<State>
  /** Number of events behind the last snapshot after which another one is made. Default 100. */
  readonly snapshotEvery?: number
  /** How often a command is decided anew because others were faster, the first time included; then ConcurrencyError is thrown. Default 10. */
  readonly attempts?: number
  /** How many states are kept in memory, those that were used last. Default 1,000. */
  readonly cachedStates?: number
  /** Called with snapshots that could not be read or written: commands work all the same. Default: a warning of the process. */
  readonly onWarning?: (error: Error) => void
}

/** How a command is carried out. */
export interface ExecuteOptions {
  /** The version that the command was meant for, where it must not be decided on a newer one. Default: whatever is there. */
  readonly expectedVersion?: number
  /** How long an append may take, in ms. Default: that of the store. */
  readonly timeoutMs?: number
  /** Ends the wait: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** How long to wait for a state. */
export interface StateOptions {
  /** Ends the wait: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** What came of a command. */
export interface Executed {
  /** The stream. */
  readonly stream: string
  /** Its version now. */
  readonly version: number
  /** Events that were appended. */
  readonly events: number
  /** Where the last of them stands: `projection.reached(position)` waits until a view has it. Undefined where there is none. */
  readonly position: EventPosition | undefined
}

/** What a stream came to. */
export interface StreamState<State> {
  /** The state. */
  readonly state: State
  /** The version of the last event that is in it; 0 for none. */
  readonly version: number
}

const names = [
  'store',
  'aggregate',
  'snapshots',
  'snapshotEvery',
  'attempts',
  'cachedStates',
  'onWarning',
] as const

/** A state in memory, and what is known of its snapshot. */
interface Cached<State> extends StreamState<State> {
  /** The version of the last snapshot that was made or read; 0 for none. */
  readonly snapshotVersion: number
}

/**
 * Carries commands out. Commands on one stream go one after the other in this process; when another process was faster, the command is decided anew on what is there then: no event is decided on a state that
 * was not the stream's when it was appended.
 *
 * @example
 * const side = new CommandSide({ store, aggregate: account, snapshots })
 * const { version, position } = await side.execute('account-7', { withdraw: 12 })
 */
export class CommandSide<State, Command, Types extends EventTypes> {
  readonly #store: EventStore<Types>
  readonly #aggregate: Aggregate<State, Command, Types>
  readonly #snapshots: SnapshotStore<State> | undefined
  readonly #snapshotEvery: number
  readonly #attempts: number
  readonly #cachedMax: number
  readonly #onWarning: (error: Error) => void
  readonly #turns = new KeyedTurns()
  /** In the order of their last use. */
  readonly #cached = new Map<string, Cached<State>>()

  /** Throws ConfigError. */
  constructor(options: CommandSideOptions<State, Command, Types>) {
    checkFields('CommandSide', options, names)
    const { store, aggregate, snapshots, snapshotEvery = 100, attempts = 10, cachedStates = 1_000 } = options
    if (typeof (store as { readonly append?: unknown } | undefined)?.append !== 'function')
      throw new ConfigError('CommandSide: store is no event store')
    if (typeof (aggregate as Partial<Aggregate<State, Command, Types>> | undefined)?.decide !== 'function')
      throw new ConfigError('CommandSide: aggregate is none; make one by aggregate(…)')
    checkNumber('CommandSide: snapshotEvery', snapshotEvery, 1)
    checkNumber('CommandSide: attempts', attempts, 1)
    checkNumber('CommandSide: cachedStates', cachedStates, 0)
    this.#store = store
    this.#aggregate = aggregate
    this.#snapshots = snapshots
    this.#snapshotEvery = snapshotEvery
    this.#attempts = attempts
    this.#cachedMax = cachedStates
    this.#onWarning = options.onWarning ?? (error => process.emitWarning(error))
  }

  /**
   * Has a command decided, and appends what comes of it. Throws what `decide` throws (nothing is appended then), ConcurrencyError for a stream that is not at `expectedVersion` or that others change all the
   * time, and as `EventStore.append` and `load` do.
   */
  execute(stream: string, command: Command, options: ExecuteOptions = {}): Promise<Executed> {
    return this.#turns.run(stream, () => this.#execute(stream, command, options))
  }

  async #execute(stream: string, command: Command, options: ExecuteOptions): Promise<Executed> {
    const { expectedVersion, timeoutMs, signal } = options
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted()
      const { state, version } = await this.#load(stream, signal)
      if (expectedVersion !== undefined && version !== expectedVersion)
        throw new ConcurrencyError(stream, expectedVersion, version)
      const events = decidedEvents(await this.#aggregate.decide(command, state, { stream, version }))
      if (events.length === 0) return { stream, version, events: 0, position: undefined }
      try {
        const appended = await this.#store.append(stream, events, {
          expectedVersion: version,
          ...(timeoutMs !== undefined && { timeoutMs }),
          ...(signal && { signal }),
        })
        return { stream, events: events.length, ...appended }
      } catch (error) {
        const isOvertaken = error instanceof ConcurrencyError && expectedVersion === undefined
        if (!isOvertaken || attempt >= this.#attempts) throw error
      }
    }
  }

  /** What a stream came to, as far as this process knows. Throws as `EventStore.load` does. */
  state(stream: string, options: StateOptions = {}): Promise<StreamState<State>> {
    return this.#turns.run(stream, async () => {
      const { state, version } = await this.#load(stream, options.signal)
      return { state, version }
    })
  }

  async #load(stream: string, signal: AbortSignal | undefined): Promise<StreamState<State>> {
    const begin = this.#cached.get(stream) ?? (await this.#fromSnapshot(stream))
    let { state, version } = begin
    let { snapshotVersion } = begin
    // What evolve changes in place must not be found here if it does not come to its end.
    this.#cached.delete(stream)
    for await (const event of this.#store.read(stream, { from: version + 1, ...(signal && { signal }) })) {
      state = this.#aggregate.evolve(state, event as EventOf<Types>)
      version = event.version
    }
    if (this.#snapshots && version - snapshotVersion >= this.#snapshotEvery) {
      await this.#save(stream, { state, version })
      snapshotVersion = version
    }
    this.#keep(stream, { state, version, snapshotVersion })
    return { state, version }
  }

  async #fromSnapshot(stream: string): Promise<Cached<State>> {
    const none = { state: this.#aggregate.initial(stream), version: 0, snapshotVersion: 0 }
    try {
      const snapshot = await this.#snapshots?.load(stream)
      if (!snapshot || snapshot.schema !== this.#schema) return none
      return { state: snapshot.state, version: snapshot.version, snapshotVersion: snapshot.version }
    } catch (error) {
      this.#onWarning(error as Error)
      return none
    }
  }

  async #save(stream: string, { state, version }: StreamState<State>): Promise<void> {
    try {
      await this.#snapshots!.save(stream, { version, schema: this.#schema, state })
    } catch (error) {
      this.#onWarning(error as Error)
    }
  }

  get #schema(): string {
    return this.#aggregate.schema ?? '1'
  }

  #keep(stream: string, cached: Cached<State>): void {
    if (this.#cachedMax === 0) return
    this.#cached.set(stream, cached)
    if (this.#cached.size > this.#cachedMax) this.#cached.delete(this.#cached.keys().next().value!)
  }
}

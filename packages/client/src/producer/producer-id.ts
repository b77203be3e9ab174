// The identity an idempotent producer writes under: a producer id from the cluster, and an epoch that it raises itself.
import { InitProducerIdApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { BrokerError, OperationTimeoutError, UnsupportedVersionError } from '../errors/index.ts'
import type { ProducerIdAndEpoch } from './sequences.ts'

/** Epochs are int16; the last one is the coordinator's, for fencing. */
const epochMax = 32_766
/** The newest version that Apache Kafka 4.3 offers as stable. */
const initVersionMax = 5

export class ProducerId {
  readonly #cluster: Cluster
  #current: ProducerIdAndEpoch | undefined
  #asking = false
  #error: Error | undefined
  #failure: Error | undefined

  /** `onChange` is called when an id has arrived or cannot be had. */
  readonly onChange: () => void

  constructor(cluster: Cluster, onChange: () => void) {
    this.#cluster = cluster
    this.onChange = onChange
  }

  get current(): ProducerIdAndEpoch | undefined {
    return this.#current
  }

  /** Why there will be no id: the cluster forbids idempotent writes, for one. */
  get error(): Error | undefined {
    return this.#error
  }

  /** Why the last attempt to get an id failed; undefined once there is one. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /** Asks for an id unless there is one or a request is under way. */
  ensure(): void {
    if (this.#current || this.#asking || this.#error) return
    this.#asking = true
    this.#ask().then(
      id => {
        this.#current = id
        this.#failure = undefined
        this.#asking = false
        this.onChange()
      },
      (error: unknown) => {
        this.#asking = false
        this.#failure = error as Error
        // A timeout is not for ever: the next batch asks again, and fails by its own deadline. All else comes again, and at once.
        if (!(error instanceof OperationTimeoutError)) this.#error = explained(error as Error)
        this.onChange()
      },
    )
  }

  /** Starts a new epoch, in which every partition counts from 0. An epoch that cannot be raised makes room for a new id. */
  bump(): void {
    const current = this.#current
    if (!current) return
    if (current.producerEpoch >= epochMax) this.#current = undefined
    else this.#current = { producerId: current.producerId, producerEpoch: current.producerEpoch + 1 }
    this.ensure()
  }

  async #ask(): Promise<ProducerIdAndEpoch> {
    const what = 'getting a producer id'
    const { producerId, producerEpoch } = await this.#cluster.call(
      InitProducerIdApi,
      { transactionalId: null, transactionTimeoutMs: 60_000 },
      {
        what,
        maxVersion: initVersionMax,
        check: ({ errorCode }) => {
          if (errorCode === 0) return
          // Batches may run out of time before this call does: they say what they wait for.
          this.#failure = new BrokerError(errorCode, what)
          throw this.#failure
        },
      },
    )
    return { producerId, producerEpoch }
  }
}

function explained(error: Error): Error {
  if (!(error instanceof UnsupportedVersionError)) return error
  return new UnsupportedVersionError(`${error.message}; set "idempotence: false" to write without it`)
}

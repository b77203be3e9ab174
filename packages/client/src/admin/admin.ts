// The administrative client: one method an operation, each a file of the folders here; the methods stand in each folder’s `…-operations.ts`.
import { Cluster } from '../cluster/cluster.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import { clusterTable } from '../config/cluster-table.ts'
import { adminMethods, explainMissingMethods } from '../config/foreign-methods.ts'
import { entry, optional, patience } from '../config/arguments.ts'
import { type DottedOptions, readOptions } from '../config/option-table.ts'
import { StateError } from '../errors/index.ts'
import { type ApplicationMetric, checkApplicationMetric } from '../telemetry/application-metrics.ts'
import { clientInstanceId, type InstanceIdOptions, type TelemetryReporter } from '../telemetry/reporter.ts'
import { UserOperations } from './security/user-operations.ts'
import { adminReporter } from './telemetry-part.ts'

const checkWait = optional(entry({ timeoutMs: optional(patience) }))

/**
 * Administers a cluster. Operations on several things return an outcome for each, whose `error` is undefined when it was done; what concerns
 * the call as a whole (no broker reached, time up, not allowed) is thrown. Retries what may be retried for `timeoutMs`.
 *
 * Every call throws StateError for arguments that are none, OperationTimeoutError when nobody who can answer does within `timeoutMs` (60,000 ms by default), UnsupportedVersionError where
 * brokers are too old for it, AuthenticationError, ClosedError, and the reason of its `signal`. Each says what else it throws or has as outcomes, and what comes of repeating it: what
 * ran out of time may have been done.
 *
 * @example
 * await using admin = new Admin({ brokers: ['localhost:9092'] })
 * throwFirst(await admin.createTopics([{ name: 'orders', partitions: 6 }]))
 */
export class Admin extends UserOperations implements AsyncDisposable {
  /** The connections and the metadata that the operations use: for requests that have no operation here. */
  readonly cluster: Cluster
  readonly #owned: boolean
  readonly #telemetry: TelemetryReporter | undefined

  /** Takes options, or a `Cluster` that is already in use: that one is not closed with this. Connects on first use. */
  constructor(options: ClusterOptions | (Partial<ClusterOptions> & DottedOptions) | Cluster) {
    super()
    this.#owned = !(options instanceof Cluster)
    this.cluster =
      options instanceof Cluster
        ? options
        : new Cluster(
            {
              ...readOptions<ClusterOptions>('Admin', clusterTable, options),
              allowAutoTopicCreation: false,
            },
            undefined,
            { kind: 'admin' },
          )
    if (this.#owned) this.#telemetry = adminReporter(this.cluster)
  }

  /**
   * The name that brokers gave this client for its metrics (KIP-714), 22 characters. Throws OperationTimeoutError where no broker that takes metrics was
   * connected to within `timeoutMs` (30,000), ClosedError, StateError with `metricsPush: false` or a `Cluster` that was given. Repeating it gives the same
   * name.
   *
   * @example
   * const name = await admin.clientInstanceId()
   */
  async clientInstanceId(options: InstanceIdOptions = {}): Promise<string> {
    checkWait('clientInstanceId: options', options)
    if (!this.#owned)
      throw new StateError('clientInstanceId: the cluster is in use by others, which have names')
    // Connects, if nothing has so far. That no broker is reached shows in the wait.
    if (this.#telemetry) this.cluster.apiRanges().catch(() => {})
    return clientInstanceId(this.#telemetry, options.timeoutMs)
  }

  /**
   * Has a metric of the application’s own pushed with the client’s to brokers that have subscribed to it (KIP-1076); one of the same name and attributes takes
   * its place. Without effect with `metricsPush: false`, and of a `Cluster` that was given. Throws StateError for what is no metric.
   *
   * @example
   * const jobsMetric = { name: 'com.example.jobs', kind: 'gauge', value: () => jobs.size } as const
   * admin.registerMetricForSubscription(jobsMetric)
   */
  registerMetricForSubscription(metric: ApplicationMetric): void {
    checkApplicationMetric('registerMetricForSubscription', metric)
    this.#telemetry?.application.add(metric)
  }

  /**
   * Ends what {@link registerMetricForSubscription} began with the same object.
   *
   * @example
   * admin.unregisterMetricFromSubscription(jobsMetric)
   */
  unregisterMetricFromSubscription(metric: ApplicationMetric): void {
    checkApplicationMetric('unregisterMetricFromSubscription', metric)
    this.#telemetry?.application.delete(metric)
  }

  /** Closes all connections at once, unless they belong to a `Cluster` that was given. What is under way fails with ClosedError. */
  close(): void {
    void this.#telemetry?.close()
    if (this.#owned) this.cluster.close()
  }

  /** The same as `close`, for `await using`; where brokers have subscribed to metrics of this client, they get them a last time before, within a second. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#telemetry?.close()
    this.close()
  }
}

explainMissingMethods('Admin', Admin.prototype, adminMethods)

// What `Admin` does with settings.
import type { AdminCallOptions } from '../call-options.ts'
import { PartitionOperations } from '../partitions/partition-operations.ts'
import { alterConfigs, type ResourceChange } from './alter-configs.ts'
import type { AlterConfigsOptions, AlteredConfigs } from './altered-configs.ts'
import type { ConfigResource, ResourceTypeName } from './config-resource.ts'
import { type DescribeConfigsOptions, type DescribedConfigs, describeConfigs } from './describe-configs.ts'
import { listConfigResources } from './list-config-resources.ts'
import { replaceConfigs } from './replace-configs.ts'

/** A part of `Admin`. */
export abstract class ConfigOperations extends PartitionOperations {
  /**
   * Settings of topics, brokers, groups and subscriptions to client metrics with the level that each value comes from: DescribeConfigs. A broker is asked
   * for its own settings, any broker for the others; one request names many resources. `UNKNOWN_TOPIC_OR_PARTITION` and `INVALID_REQUEST` are outcomes.
   * Changes nothing: repeat it at will.
   *
   * @example
   * const [{ entries }] = await admin.describeConfigs([{ type: 'topic', name: 'orders' }])
   */
  describeConfigs(
    resources: readonly ConfigResource[],
    options?: DescribeConfigsOptions,
  ): Promise<DescribedConfigs[]> {
    return describeConfigs(this.cluster, resources, options)
  }

  /**
   * Changes the settings that are named and leaves all others: IncrementalAlterConfigs (KIP-339). `append` and `subtract` add to lists and take from them.
   * `INVALID_CONFIG` and `UNKNOWN_TOPIC_OR_PARTITION` are outcomes. Repeating it is safe, with `append` and `subtract` too: what a list has already, or no
   * more, stays as it is.
   *
   * @example
   * await admin.alterConfigs([
   *   { resource: { type: 'topic', name: 'orders' }, changes: [{ name: 'retention.ms', value: '3600000' }] },
   * ])
   */
  alterConfigs(
    resources: readonly ResourceChange[],
    options?: AlterConfigsOptions,
  ): Promise<AlteredConfigs[]> {
    return alterConfigs(this.cluster, resources, options)
  }

  /**
   * Replaces all settings of a resource: those that are not named go back to their defaults. AlterConfigs, for brokers before 2.3; newer ones have
   * `alterConfigs`. `INVALID_CONFIG` and `UNKNOWN_TOPIC_OR_PARTITION` are in its outcome. Repeating it is safe, and undoes what others have changed in
   * between.
   *
   * @example
   * await admin.replaceConfigs({ type: 'topic', name: 'orders' }, { 'retention.ms': '3600000' })
   */
  replaceConfigs(
    resource: ConfigResource,
    configs: Readonly<Record<string, string>>,
    options?: AlterConfigsOptions,
  ): Promise<AlteredConfigs> {
    return replaceConfigs(this.cluster, resource, configs, options)
  }

  /**
   * What has settings, of some types or of all, sorted by type and name: ListConfigResources, at any broker. Brokers before 4.1 list `clientMetrics` only:
   * UnsupportedVersionError for all else. Throws BrokerError (`CLUSTER_AUTHORIZATION_FAILED`). Changes nothing: repeat it at will.
   *
   * @example
   * const subscriptions = await admin.listConfigResources(['clientMetrics'])
   */
  listConfigResources(
    types?: readonly ResourceTypeName[],
    options?: AdminCallOptions,
  ): Promise<ConfigResource[]> {
    return listConfigResources(this.cluster, types, options)
  }
}

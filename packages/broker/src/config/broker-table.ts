// Every property of the broker, by area: those that do something here, and those that are taken and reported only.
import { nearestName } from '@millrace/runtime'
import { authorizationConfigs } from './areas/authorization.ts'
import { clusterConfigs, clusterWithoutEffect } from './areas/cluster.ts'
import { groupsConfigs, groupsWithoutEffect } from './areas/groups.ts'
import { logConfigs, logWithoutEffect } from './areas/log.ts'
import { networkConfigs, networkWithoutEffect } from './areas/network.ts'
import { securityConfigs, securityWithoutEffect } from './areas/security.ts'
import { topicsConfigs, topicsWithoutEffect } from './areas/topics.ts'
import { transactionsConfigs, transactionsWithoutEffect } from './areas/transactions.ts'
import type { ConfigDefinition } from './definition.ts'
import { withoutEffect } from './without-effect.ts'

/** Kafka's name, its default (a comment says where ours differs and why), its meaning. */
export const brokerTable = {
  ...clusterConfigs,
  ...networkConfigs,
  ...topicsConfigs,
  ...logConfigs,
  ...groupsConfigs,
  ...transactionsConfigs,
  ...authorizationConfigs,
  ...securityConfigs,
} as const

/** Name of a setting of the broker, as Kafka spells it. */
export type BrokerConfigName = keyof typeof brokerTable

let unused: ReadonlyMap<string, ConfigDefinition> | undefined

/** Properties of Apache Kafka without effect here, by name; `doc` says why. Made on first use: most brokers never ask. */
export function unusedProperties(): ReadonlyMap<string, ConfigDefinition> {
  unused ??= new Map(
    [
      clusterWithoutEffect,
      networkWithoutEffect,
      topicsWithoutEffect,
      logWithoutEffect,
      groupsWithoutEffect,
      transactionsWithoutEffect,
      securityWithoutEffect,
    ].flatMap(withoutEffect),
  )
  return unused
}

/** Whether something here goes by the property. */
export function hasEffect(name: string): boolean {
  return Object.hasOwn(brokerTable, name)
}

/** A property of the broker, with or without effect; undefined for a name that Apache Kafka does not know either. */
export function brokerProperty(name: string): ConfigDefinition | undefined {
  const table: Readonly<Record<string, ConfigDefinition>> = brokerTable
  return hasEffect(name) ? table[name] : unusedProperties().get(name)
}

/** The property that is named most like `name`, which is none; undefined when none is near. */
export function nearestProperty(name: string): string | undefined {
  return nearestName(name, [...Object.keys(brokerTable), ...unusedProperties().keys()])
}

const listenerPrefix =
  /^listener\.name\.[^.]*\.(?:(?:plain|scram-sha-256|scram-sha-512|oauthbearer|gssapi)\.)?(.*)$/

/** The property that a name with a listener, and perhaps a mechanism, in front (`listener.name.internal.ssl.keystore.type`) is about. */
export function listenerProperty(name: string): string | undefined {
  return listenerPrefix.exec(name)?.[1]
}

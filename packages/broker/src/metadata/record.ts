// What the metadata log says, one fact a record, in the terms of this package. `record-codec.ts` has the bytes.

import type { Acl } from '../authorizer/acl.ts'
import type { DelegationToken } from './delegation-token.ts'
import type { ScramUserRecord } from './scram-users.ts'

/** The resources that a ConfigRecord can be about: Kafka's `ConfigResource.Type` ids. */
export const resourceTypes = { TOPIC: 2, BROKER: 4, BROKER_LOGGER: 8, CLIENT_METRICS: 16, GROUP: 32 } as const

/** One part of what a client quota is for: `{ entityType: 'user', entityName: 'alice' }`. A name of null stands for all that have none of their own. */
export interface QuotaEntityPart {
  readonly entityType: string
  readonly entityName: string | null
}

export type QuotaEntity = readonly QuotaEntityPart[]

/** A change of metadata. Applying records in log order to an empty image gives the current one. */
export type MetadataRecord =
  | { readonly type: 'topic'; readonly name: string; readonly topicId: string }
  | {
      readonly type: 'partition'
      readonly topicId: string
      readonly partition: number
      readonly leaderEpoch: number
      readonly partitionEpoch: number
    }
  | { readonly type: 'removeTopic'; readonly topicId: string }
  | {
      readonly type: 'config'
      readonly resourceType: number
      readonly resourceName: string
      readonly name: string
      /** Null takes the setting away. */
      readonly value: string | null
    }
  | ({ readonly type: 'acl'; readonly id: string } & Acl)
  | { readonly type: 'removeAcl'; readonly id: string }
  | ({ readonly type: 'scramUser' } & ScramUserRecord)
  | { readonly type: 'removeScramUser'; readonly name: string; readonly mechanism: number }
  | ({ readonly type: 'delegationToken' } & DelegationToken)
  | { readonly type: 'removeDelegationToken'; readonly tokenId: string }
  | { readonly type: 'producerIds'; readonly nextProducerId: number }
  | { readonly type: 'featureLevel'; readonly name: string; readonly level: number }
  | {
      readonly type: 'clientQuota'
      readonly entity: QuotaEntity
      readonly key: string
      /** Null takes the quota away. */
      readonly value: number | null
    }

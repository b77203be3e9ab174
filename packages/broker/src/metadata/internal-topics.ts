// How the topics of coordinators are made, whoever asks for them first.
import type { BrokerConfig } from '../config/broker-config.ts'

/** Committed offsets and group metadata, in Kafka's record formats. */
export const offsetsTopic = '__consumer_offsets'
/** The state of transactional ids, in Kafka's record formats. */
export const transactionsTopic = '__transaction_state'

export interface InternalTopicLayout {
  readonly partitions: number
  readonly configs: Readonly<Record<string, string>>
}

/** Layout of an internal topic that this broker has a coordinator for; undefined for any other name. */
export function internalTopicLayout(name: string, config: BrokerConfig): InternalTopicLayout | undefined {
  if (name === offsetsTopic) {
    return {
      partitions: config.get('offsets.topic.num.partitions'),
      configs: {
        'cleanup.policy': 'compact',
        'compression.type': 'producer',
        'segment.bytes': String(config.get('offsets.topic.segment.bytes')),
      },
    }
  }
  if (name === transactionsTopic) {
    return {
      partitions: config.get('transaction.state.log.num.partitions'),
      configs: {
        'cleanup.policy': 'compact',
        'compression.type': 'uncompressed',
        'min.insync.replicas': String(config.get('transaction.state.log.min.isr')),
        'segment.bytes': String(config.get('transaction.state.log.segment.bytes')),
        'unclean.leader.election.enable': 'false',
      },
    }
  }
  return undefined
}

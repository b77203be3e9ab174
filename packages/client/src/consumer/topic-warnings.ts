// Says aloud what a reader would otherwise wait for without a word: topics and partitions that are missing, or go.
import { ErrorCode } from '@millrace/protocol'
import { BrokerError } from '../errors/index.ts'
import type { ClientEvent } from '../events/client-event.ts'
import { topicWarnings } from '../events/default-warnings.ts'
import { tell } from '../events/tell.ts'

/** A listener for a client's events that hands these on as warnings, and everything to `onEvent`. */
export function warnOfTopics(
  onEvent: ((event: ClientEvent) => void) | undefined,
  onWarning: (error: Error) => void,
): (event: ClientEvent) => void {
  return event => {
    if (onEvent) tell(onEvent, event)
    if (topicWarnings.has(event.type))
      onWarning(new BrokerError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, event.message))
  }
}

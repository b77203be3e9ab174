// Notices that a member of a group has read everything that it was given.
import type { Consumer } from '@millrace/client'

const pollMs = 100

/** Calls `onEnd` once the consumer has partitions and none of them has records left. Returns what ends the watch. */
export function watchEnd(consumer: Consumer, onEnd: () => void): () => void {
  const timer = setInterval(() => {
    const lags = consumer.assignment.map(entry => consumer.lag(entry))
    if (lags.length > 0 && lags.every(lag => lag === 0)) onEnd()
  }, pollMs)
  return () => clearInterval(timer)
}

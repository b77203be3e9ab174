// A fetch session (KIP-227): the broker remembers what one consumer fetches, and both sides only say what changed. Pure.
import { ErrorCode } from '@millrace/protocol'
import type { TopicPartition } from '../cluster/topic-partition.ts'

/** What is asked of one partition. */
export interface FetchTarget extends TopicPartition {
  readonly topicId: string
  readonly fetchOffset: number
  readonly currentLeaderEpoch: number
  readonly maxBytes: number
}

export interface SessionRequest {
  readonly sessionId: number
  readonly sessionEpoch: number
  readonly targets: readonly FetchTarget[]
  readonly forgotten: readonly FetchTarget[]
}

const noSession = 0
const initialEpoch = 0
const epochMax = 0x7fffffff

export class FetchSession {
  #id = noSession
  #epoch = initialEpoch
  #known = new Map<string, FetchTarget>()
  #byId = false

  /** The request for exactly `targets`. `byId`: topics go by id, which may not change within a session. */
  next(targets: ReadonlyMap<string, FetchTarget>, byId: boolean): SessionRequest {
    if (byId !== this.#byId) this.reset()
    this.#byId = byId
    if (this.#epoch === initialEpoch) {
      this.#known = new Map(targets)
      // An id with epoch 0 ends that session and starts another.
      return {
        sessionId: this.#id,
        sessionEpoch: initialEpoch,
        targets: [...targets.values()],
        forgotten: [],
      }
    }
    const changed: FetchTarget[] = []
    const forgotten: FetchTarget[] = []
    for (const [key, old] of this.#known) {
      const target = targets.get(key)
      // By name, a topic that was made anew is the same partition to the broker, which takes in first and forgets last.
      if (target && (!byId || target.topicId === old.topicId)) continue
      forgotten.push(old)
      this.#known.delete(key)
    }
    for (const [key, target] of targets) {
      const old = this.#known.get(key)
      if (old && isSame(old, target)) continue
      changed.push(target)
      this.#known.set(key, target)
    }
    return { sessionId: this.#id, sessionEpoch: this.#epoch, targets: changed, forgotten }
  }

  /** Takes note of a response. Returns whether its partitions count. */
  handle(errorCode: number, sessionId: number): boolean {
    if (errorCode !== 0) {
      const gone = errorCode === ErrorCode.FETCH_SESSION_ID_NOT_FOUND
      if (gone) this.#id = noSession
      this.#epoch = initialEpoch
      return false
    }
    if (sessionId === noSession) {
      // The broker keeps no session for us: every request says everything.
      this.reset()
      return true
    }
    this.#id = sessionId
    this.#epoch = this.#epoch === epochMax ? 1 : this.#epoch + 1
    return true
  }

  /** The connection broke: the broker may or may not have counted the last request. */
  lost(): void {
    this.#epoch = initialEpoch
  }

  reset(): void {
    this.#id = noSession
    this.#epoch = initialEpoch
    this.#known.clear()
  }
}

function isSame(a: FetchTarget, b: FetchTarget): boolean {
  return (
    a.topicId === b.topicId &&
    a.fetchOffset === b.fetchOffset &&
    a.currentLeaderEpoch === b.currentLeaderEpoch &&
    a.maxBytes === b.maxBytes
  )
}

// An event as it was read: attributes are made into texts when they are asked for, since most handlers want few of them.
import type { EventEnvelope } from './event.ts'

/** What both modes have in common. */
export abstract class ReceivedEvent implements EventEnvelope {
  /** Tells it from what is no event. */
  get kind(): 'event' {
    return 'event'
  }

  abstract readonly type: string
  abstract readonly id: string
  abstract readonly source: string
  abstract readonly time: number | undefined
  abstract readonly subject: string | undefined
  abstract readonly dataSchema: string | undefined
  abstract readonly metadata: Readonly<Record<string, string>>
  /** The data as bytes; null where there are none. */
  abstract readonly dataBytes: Buffer | null
  /** What the serde of the type made of the bytes. */
  data: unknown = undefined

  /** What `JSON.stringify` shows. */
  toJSON(): object {
    const { id, type, source, time, subject, dataSchema, metadata, data } = this
    return { id, type, source, time, subject, dataSchema, metadata, data }
  }

  /** What `console.log` shows: the same. */
  [Symbol.for('nodejs.util.inspect.custom')](): object {
    return this.toJSON()
  }
}

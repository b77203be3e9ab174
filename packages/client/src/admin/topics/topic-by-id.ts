// Topics as the operations take them: by name, or by the id that no later topic of that name has.
import { type Check, entry, text, uuid } from '../../config/arguments.ts'

/** A topic by its id (KIP-516). */
export interface TopicById {
  /** 22 characters of URL-safe base64, as `topicId` of described and listed topics. */
  readonly topicId: string
}

const checkById = entry({ topicId: uuid })

/** A name, or an id. */
export const topicNameOrId: Check = (place, value) => {
  if (typeof value === 'object' && value !== null) checkById(place, value)
  else text(place, value)
}

/** What tells a topic from all others of a call. */
export function keyOfTopic(topic: string | TopicById): string {
  return typeof topic === 'string' ? `name ${topic}` : `id ${topic.topicId}`
}

/** A topic in messages to users. */
export function showTopic(topic: string | TopicById): string {
  return typeof topic === 'string' ? `topic "${topic}"` : `the topic with id ${topic.topicId}`
}

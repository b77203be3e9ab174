// The topics of the application: what happened to a user, and the messages that were made of it.
import { json, string } from '@millrace/client'
import { events } from '@millrace/service'

/** Who did it, by name. */
export interface Deed {
  readonly by: string
}

export interface DeedAtPost extends Deed {
  /** Title of the post. */
  readonly post: string
}

export interface Comment extends DeedAtPost {
  readonly comment: string
}

/** Something that its user wants to know; keyed by the user. */
export const notifications = events(
  'notifications',
  {
    'user.followed': json<Deed>(),
    'post.liked': json<DeedAtPost>(),
    'post.commented': json<Comment>(),
  },
  { key: string(), source: '/notifications', partitions: 6 },
)

/** A message that is kept, as the page shows it. */
export interface Message {
  /** Id of the event: the same message has the same one, however often it comes. */
  readonly id: string
  readonly text: string
  /** When it happened, in ms since the epoch. */
  readonly at: number
  /** The process that has kept it. */
  readonly instance: string
}

/** Messages that are kept, as they are: what the live page follows. Keyed by the user. */
export const feed = events(
  'notification-feed',
  { 'message.kept': json<Message>() },
  { key: string(), source: '/notifications', partitions: 3 },
)

/** The group of the processes that keep messages. */
export const group = 'notifier'
/** Waits of failed notifications before their next attempts, in ms, where nothing else is said. */
export const retryDelaysMs: readonly number[] = [2_000, 10_000]

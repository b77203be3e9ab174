// Makes messages of notifications: looks up who did it, keeps the message, and tells the feed. What fails is tried again later, or stands in the dead letter topic.
import { FatalError, type HandlerContext, RetriableError, type Service } from '@millrace/service'
import type { MessageStore } from './messages/message-store.ts'
import { type Comment, type Deed, type DeedAtPost, feed, notifications } from './topics.ts'

export interface NotifierOptions {
  /** What this process is called. */
  readonly instance: string
  /** Share of look-ups that fail, as those of a busy directory would: 0 to 1. */
  readonly flaky: number
  /** Waits of what failed before its next attempts, in ms. */
  readonly retryDelaysMs: readonly number[]
}

interface Happened<D extends Deed> {
  readonly id: string
  readonly time: number | undefined
  readonly data: D
}

export function declareNotifier(
  service: Service,
  store: MessageStore,
  { instance, flaky, retryDelaysMs }: NotifierOptions,
): void {
  const lookUp = async (name: string): Promise<string> => {
    if (Math.random() < flaky) throw new RetriableError('the directory is busy')
    const display = await store.displayName(name)
    // No attempt will find it: somebody has to say who that is, and to send the dead letter back.
    if (display === undefined) throw new FatalError(`nobody is called "${name}"`)
    return display
  }

  const keep =
    <D extends Deed>(textOf: (by: string, data: D) => string) =>
    async (event: Happened<D>, context: HandlerContext<string>): Promise<void> => {
      const text = textOf(await lookUp(event.data.by), event.data)
      const message = { id: event.id, text, at: event.time ?? context.record.timestamp, instance }
      await store.keep(context.key, message)
      // Also of one that was there already: the process may have died before the feed heard of it.
      context.publish(feed, { key: context.key, type: 'message.kept', data: message })
    }

  service.handle(
    notifications,
    {
      'user.followed': keep<Deed>(by => `${by} started following you`),
      'post.liked': keep<DeedAtPost>((by, { post }) => `${by} likes “${post}”`),
      'post.commented': keep<Comment>((by, { post, comment }) => `${by} on “${post}”: ${comment}`),
    },
    {
      concurrency: { by: 'key', max: 50 },
      retry: { attempts: 2, topicDelaysMs: retryDelaysMs },
      deadLetter: true,
    },
  )
}

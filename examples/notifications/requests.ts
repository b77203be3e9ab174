// A notification as it comes in by HTTP, checked: every error says what is wrong with which field.
import { choiceOf, nameOf, textOf } from '@millrace/example-kit'
import type { EventInputOf } from '@millrace/service'
import type { notifications } from './topics.ts'

/** A notification as it is to be published. Throws RequestError. */
export function notificationOf(
  body: Readonly<Record<string, unknown>>,
): EventInputOf<(typeof notifications)['eventTypes']> {
  const type = choiceOf('type', body['type'], ['user.followed', 'post.liked', 'post.commented'])
  const by = nameOf('by', body['by'])
  if (type === 'user.followed') return { type, data: { by } }
  const post = textOf('post', body['post'])
  if (type === 'post.liked') return { type, data: { by, post } }
  return { type, data: { by, post, comment: textOf('comment', body['comment']) } }
}

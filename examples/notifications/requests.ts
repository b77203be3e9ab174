// What comes in by HTTP, checked: every error says what is wrong with which field.
import type { IncomingMessage } from 'node:http'
import type { EventInputOf } from '@millrace/service'
import type { notifications } from './topics.ts'

const bodyBytesMax = 64 * 1024
const textCharsMax = 500
const nameShape = /^[\p{L}\p{N}._-]{1,64}$/u

/** Answered with its status, and its message as JSON. */
export class RequestError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The body as a JSON object. Throws RequestError. */
export async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > bodyBytesMax) throw new RequestError(413, `a body has ${bodyBytesMax} bytes at most`)
    chunks.push(chunk)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
    if (typeof body === 'object' && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new RequestError(400, 'the body is no JSON object')
}

/** A name in a path or a body. Throws RequestError. */
export function nameOf(what: string, value: unknown): string {
  if (typeof value === 'string' && nameShape.test(value)) return value
  throw new RequestError(400, `${what} must be a name of 1 to 64 letters, digits, ".", "_" or "-"`)
}

/** A text in a body. Throws RequestError. */
export function textOf(what: string, value: unknown): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= textCharsMax) return value
  throw new RequestError(400, `${what} must be a text of 1 to ${textCharsMax} characters`)
}

/** A notification as it is to be published. Throws RequestError. */
export function notificationOf(
  body: Readonly<Record<string, unknown>>,
): EventInputOf<(typeof notifications)['eventTypes']> {
  const by = nameOf('by', body['by'])
  switch (body['type']) {
    case 'user.followed':
      return { type: 'user.followed', data: { by } }
    case 'post.liked':
      return { type: 'post.liked', data: { by, post: textOf('post', body['post']) } }
    case 'post.commented': {
      const comment = textOf('comment', body['comment'])
      return { type: 'post.commented', data: { by, post: textOf('post', body['post']), comment } }
    }
    default:
      throw new RequestError(400, 'type must be "user.followed", "post.liked" or "post.commented"')
  }
}

// What the pattern of a handler says: a topic, and a type of event where the topic has types.
import { ConfigError } from '@millrace/client'

export interface TopicPattern {
  readonly topic: string
  /** Undefined: all that the topic has. */
  readonly type: string | undefined
}

/** Reads a pattern in the form that Nest keeps it in: `orders`, or `{"topic":"orders","type":"order.created"}`. Throws ConfigError for what names no topic. */
export function readPattern(route: string): TopicPattern {
  if (!route.startsWith('{')) return { topic: route, type: undefined }
  const { topic, type, ...rest } = fieldsOf(route)
  if (typeof topic !== 'string' || (type !== undefined && typeof type !== 'string') || hasAny(rest))
    throw new ConfigError(
      `the pattern ${route} names no topic: write 'orders', or { topic: 'orders', type: 'order.created' }`,
    )
  return { topic, type }
}

function fieldsOf(route: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(route) as Record<string, unknown>
  } catch {
    return {}
  }
}

function hasAny(rest: object): boolean {
  return Object.keys(rest).length > 0
}

// Makes a handler of a service one that replies: what it returns goes back to who asked, and what it throws, too.
import {
  type AnySerde,
  type AnyTopic,
  ConfigError,
  encodeRecord,
  topic,
  type ValueInputOf,
} from '@millrace/client'
import { type Clock, nodeClock } from '@millrace/runtime'
import {
  FatalError,
  type HandlerContext,
  type HandlerResult,
  Instruction,
  PoisonError,
  skip,
} from '@millrace/service'
import { checkFields, checkNumber, checkOneOf } from '../options/split-options.ts'
import { bytesTopic } from '../records/bytes-topic.ts'
import { errorHeaders, type ReplyAddress, replyAddressOf, replyHeaders } from './headers.ts'

/** How a handler replies. */
export interface ReplyingOptions {
  /**
   * Which topics it may write replies to, beside that of the definition: requests name one, and whoever may write requests must not be able to have anything written anywhere. Default: no
   * others.
   */
  readonly allowReplyTopic?: (name: string) => boolean
  /**
   * Attempts after which a failure is the answer; those before are the service's to repeat, as its `retry` says, which has to have as many. Errors that no attempt will mend are the
   * answer at once. Default 1.
   */
  readonly attempts?: number
  /** What becomes of requests that nobody waits for any more, by the sender's clock: `skip` passes over them, and counts `request expired`. Default `skip`. */
  readonly expired?: 'skip' | 'handle'
  /** What becomes of records that ask for no reply (no `kafka_correlationId`): `refuse` makes them poisoned ones, `handle` drops what the handler returns. Default `refuse`. */
  readonly unaddressed?: 'refuse' | 'handle'
  /** Time that deadlines are held to. Default: the system's. */
  readonly clock?: Clock
}

/** What a replying handler returns: the reply, or an instruction such as `skip()` for none. */
export type Replied<R extends AnyTopic> = ValueInputOf<R> | Instruction

/** Calls it for a request; what it returns is the reply. */
export type ReplyingHandler<R extends AnyTopic, Item, K> = (
  item: Item,
  context: HandlerContext<K>,
) => Replied<R> | PromiseLike<Replied<R>>

const names = ['allowReplyTopic', 'attempts', 'expired', 'unaddressed', 'clock'] as const

/**
 * A handler for `service.handle` that replies. The reply is written before the request counts as done, in the same transaction where the handler is `exactly-once`: no
 * request is done without its reply. What the handler throws goes back, too, and the request is done; one that cannot be read never reaches it, and whoever asked waits in vain. Throws
 * ConfigError.
 *
 * @example
 * service.handle(priceRequests, replying(priceReplies, async ({ amount }, context) => ({ total: amount * 12 })))
 */
export function replying<R extends AnyTopic, Item, K>(
  replies: R,
  handler: ReplyingHandler<R, Item, K>,
  options: ReplyingOptions = {},
): (item: Item, context: HandlerContext<K>) => Promise<HandlerResult> {
  checkFields('replying', options, names)
  checkNumber('replying: attempts', options.attempts, 1)
  checkOneOf('replying: expired', options.expired, ['skip', 'handle'])
  checkOneOf('replying: unaddressed', options.unaddressed, ['refuse', 'handle'])
  if (typeof handler !== 'function') throw new ConfigError('replying: the handler is no function')
  const { attempts = 1, expired = 'skip', unaddressed = 'refuse', clock = nodeClock } = options
  const targets = new ReplyTargets(replies, options.allowReplyTopic)
  return async (item, context) => {
    const address = replyAddressOf(context.record.headers)
    if (!address) {
      if (unaddressed === 'refuse')
        throw new PoisonError('the record asks for no reply: it has no header kafka_correlationId')
      const result = await handler(item, context)
      return result instanceof Instruction ? result : undefined
    }
    if (expired === 'skip' && address.deadline !== undefined && address.deadline < clock.now())
      return skip('request expired')
    const target = targets.topicFor(address)
    const place = address.partition === undefined ? {} : { partition: address.partition }
    try {
      const reply = await handler(item, context)
      if (reply instanceof Instruction) return reply
      // Encoded here, so that a reply that cannot be is a failure of the handler.
      const { value, headers = [] } = await encodeRecord({ topic: target, value: reply })
      context.publish(bytesTopic(target), {
        value,
        headers: [...headers, ...replyHeaders(address)],
        ...place,
      })
    } catch (error) {
      // Nobody would write it any more, or it goes again.
      if (context.signal.aborted || (context.attempt < attempts && mayPass(error))) throw error
      const headers = [...replyHeaders(address), ...errorHeaders(address, error)]
      context.publish(bytesTopic(target), { value: null, headers, ...place })
    }
    return undefined
  }
}

/** Whether another attempt may work. */
function mayPass(error: unknown): boolean {
  if (error instanceof FatalError || error instanceof PoisonError) return false
  return (error as { readonly retriable?: unknown } | null | undefined)?.retriable !== false
}

/** Topics that replies go to, by name: all with the serde of the definition, and without keys. */
class ReplyTargets {
  readonly #replies: AnyTopic
  readonly #allow: ((name: string) => boolean) | undefined
  readonly #known = new Map<string, AnyTopic>()

  constructor(replies: AnyTopic, allow: ((name: string) => boolean) | undefined) {
    this.#replies = replies
    this.#allow = allow
  }

  /** Throws PoisonError for a topic that must not be written to. */
  topicFor({ topic: name = this.#replies.name }: ReplyAddress): AnyTopic {
    if (name !== this.#replies.name && this.#allow?.(name) !== true)
      throw new PoisonError(
        `the request wants its reply in "${name}"; this replier writes to "${this.#replies.name}" (allowReplyTopic may allow others)`,
      )
    let known = this.#known.get(name)
    if (!known) {
      const { serde } = this.#replies.parts.value
      known = topic(name, serde === undefined ? {} : { value: serde as unknown as AnySerde })
      if (this.#known.size >= knownMax) this.#known.clear()
      this.#known.set(name, known)
    }
    return known
  }
}

/** Topics that are kept; their names come from requests. */
const knownMax = 1_000

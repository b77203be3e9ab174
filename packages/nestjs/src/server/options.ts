// What a server needs to know: a service's options, and how messages are read and answered.
import { type AnyTopic, type ClusterOptions, ConfigError, isClusterOption, topic } from '@millrace/client'
import { EventTopic, type HandleOptions, type ServiceOptions } from '@millrace/service'
import type { ConsumerDeserializer, ConsumerSerializer, MessageHandler } from '@nestjs/microservices'
import type { ParserOptions } from '../messages/received-message.ts'
import { readPattern } from '../messages/pattern.ts'
import { nestClassify } from './failure.ts'

/** Options of {@link MillraceServer}: those of a service, and what Nest's transports have. */
export interface MillraceServerOptions extends ServiceOptions {
  /**
   * Topics with types. Their messages are read by their serdes, and are poisoned where those refuse them. Handlers of a topic of events are told apart by type: `@EventPattern({ topic: 'orders', type:
   * 'order.created' })`. Default: none, and messages are read as Nest reads them: JSON where it looks like JSON, else text.
   */
  readonly topics?: readonly AnyTopic[]
  /**
   * Retries, dead letters, concurrency and limits of all handlers; `{ millrace: { … } }` among the extras of a pattern goes before. Default: what a service has, with `deadLetter: true`.
   */
  readonly handle?: HandleOptions
  /**
   * Where answers may be written: whoever may write requests says where the answer is to go, and could have it written anywhere. A request that wants it elsewhere is a dead letter. Default: to `prices.reply`, for
   * requests of `prices`, as clients of Nest and of this package want it.
   */
  readonly allowReplyTopic?: (replyTopic: string, requestTopic: string) => boolean
  /** How messages of topics without types are read, in place of Nest's way: it says pattern and data. Default: Nest's way. */
  readonly deserializer?: ConsumerDeserializer
  /** How answers become records. Default: Nest's way. */
  readonly serializer?: ConsumerSerializer
  /** How bytes become values. Default: as Nest does. */
  readonly parser?: ParserOptions
}

/** What Nest's extras say to us: `@EventPattern('orders', { millrace: { concurrency: { by: 'key' } } })`. */
export interface MillraceExtras {
  /** Options of the handlers of the pattern's topic. */
  readonly millrace?: HandleOptions
}

/** A topic with the handlers of its patterns. */
export interface DeclaredTopic {
  readonly topic: AnyTopic
  /** By event type; undefined for all that the topic has. */
  readonly handlers: ReadonlyMap<string | undefined, MessageHandler>
  readonly options: HandleOptions
}

const ownNames: readonly string[] = [
  'topics',
  'handle',
  'allowReplyTopic',
  'deserializer',
  'serializer',
  'parser',
]

/** What the service is given. */
export function serviceOptionsOf(options: MillraceServerOptions): ServiceOptions {
  const entries = Object.entries(options).filter(([name]) => !ownNames.includes(name))
  return Object.fromEntries(entries) as unknown as ServiceOptions
}

/** What its clients are given. */
export function clusterOf(options: MillraceServerOptions): ClusterOptions {
  const entries = Object.entries(options).filter(([name]) => isClusterOption(name))
  return Object.fromEntries(entries) as unknown as ClusterOptions
}

/** Gathers handlers by topic. Throws ConfigError for patterns that cannot be. */
export function declaredTopics(
  handlers: ReadonlyMap<string, MessageHandler>,
  { topics = [], handle = {} }: MillraceServerOptions,
): DeclaredTopic[] {
  const typed = new Map(topics.map(each => [each.name, each]))
  const gathered = new Map<string, Map<string | undefined, MessageHandler>>()
  for (const [route, handler] of handlers) {
    const { topic: name, type } = readPattern(route)
    checkType(route, typed.get(name), type)
    const known = gathered.get(name) ?? new Map<string | undefined, MessageHandler>()
    gathered.set(name, known.set(type, handler))
  }
  return Array.from(gathered, ([name, ofTopic]) => ({
    topic: typed.get(name) ?? topic(name),
    handlers: ofTopic,
    options: optionsOf(name, ofTopic, handle),
  }))
}

function checkType(route: string, known: AnyTopic | undefined, type: string | undefined): void {
  if (type === undefined) return
  if (!(known instanceof EventTopic))
    throw new ConfigError(
      `the pattern ${route} names an event type, and the topic has none: name the topic among the server's topics, made by events(…)`,
    )
  const types = Object.keys(known.eventTypes as object)
  if (!types.includes(type))
    throw new ConfigError(
      `the pattern ${route}: there is no event type "${type}"; there are ${types.join(', ')}`,
    )
}

/** Options are a topic's: those of its patterns are laid over those of all. */
function optionsOf(
  name: string,
  handlers: ReadonlyMap<string | undefined, MessageHandler>,
  common: HandleOptions,
): HandleOptions {
  const own = [...handlers.values()].flatMap(
    ({ extras }) => (extras as MillraceExtras | undefined)?.millrace ?? [],
  )
  const fields = own.flatMap(each => Object.keys(each))
  const twice = fields.find((field, index) => fields.indexOf(field) !== index)
  if (twice !== undefined)
    throw new ConfigError(
      `two patterns of topic "${name}" say "${twice}" in their extras: handlers of a topic share their options, so that one of them is enough`,
    )
  const options: HandleOptions = Object.assign({ deadLetter: true }, common, ...own)
  if (options.retry === false) return options
  return { ...options, retry: { ...options.retry, classify: nestClassify(options.retry?.classify) } }
}

// What kind of failure an error is: what a user's function says of it, what the error says of itself, or what its class means. Pure.
import { DeserializationError, KafkaError, SerializationError, ValidationError } from '@millrace/client'
import { type FailureKind, FatalError, PoisonError, RetriableError } from './errors.ts'

/** Says what an error means; undefined leaves it to the default. */
export type Classify = (error: unknown) => FailureKind | undefined

const kinds: readonly unknown[] = ['retriable', 'fatal', 'poison', undefined]

/**
 * The kind of a failure. Without a word of `classify`: the framework's classes and the client's mean what they say, `retriable: false` on an error of any class is
 * fatal, and everything else is worth another attempt. A `classify` that throws, or answers something else, counts as having said nothing.
 */
export function kindOf(error: unknown, classify?: Classify): FailureKind {
  return said(error, classify) ?? ownWord(error)
}

function said(error: unknown, classify: Classify | undefined): FailureKind | undefined {
  try {
    const kind = classify?.(error)
    return kinds.includes(kind) ? kind : undefined
  } catch {
    return undefined
  }
}

function ownWord(error: unknown): FailureKind {
  if (error instanceof RetriableError) return 'retriable'
  if (error instanceof PoisonError) return 'poison'
  if (error instanceof FatalError) return 'fatal'
  if (error instanceof DeserializationError) return error.retriable ? 'retriable' : 'poison'
  if (error instanceof SerializationError) return error.retriable ? 'retriable' : 'fatal'
  if (error instanceof ValidationError) return 'fatal'
  if (error instanceof KafkaError) return error.retriable ? 'retriable' : 'fatal'
  if (error instanceof AggregateError && error.errors.length > 0) {
    // All that went wrong may pass, or it does not help to try again.
    const parts = error.errors.map(ownWord)
    return parts.find(kind => kind !== 'retriable') ?? 'retriable'
  }
  return (error as { readonly retriable?: unknown } | null | undefined)?.retriable === false
    ? 'fatal'
    : 'retriable'
}

/** How long an error wants to be left alone, in ms; undefined where it says nothing. */
export function patienceOf(error: unknown): number | undefined {
  const { afterMs } = (error ?? {}) as { readonly afterMs?: unknown }
  return typeof afterMs === 'number' && afterMs >= 0 ? afterMs : undefined
}

/** The name of an error's class, as headers and metrics have it: classes that give themselves no name inherit "Error", which says nothing. */
export function classOf(error: unknown): string {
  if (error instanceof Error) {
    const { name } = error
    return name && name !== 'Error' ? name : error.constructor.name || name
  }
  return error === null ? 'null' : typeof error
}

/** What an error says. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message
  try {
    return String(error)
  } catch {
    return 'an error without a text'
  }
}

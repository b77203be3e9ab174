// The spans of the messaging conventions: `send`, `poll`, `commit` of facts, and `process` around what handles a record.
import type {
  ClientHooks,
  ClientIdentity,
  HandledBatch,
  HandledRecord,
  OutgoingRecord,
  SendOutcome,
} from '@millrace/client'
import {
  type Attributes,
  type Context,
  context,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import { headerGetter, headerSetter, outgoingHeaderGetter } from './carriers.ts'
import { attribute, errorTypeOf, keyText, spanAttributes, spanName } from './conventions.ts'
import { nowMs } from './node-time.ts'

type Propagation = Pick<TextMapPropagator, 'inject' | 'extract'>

export interface SpanOptions {
  readonly tracer: Tracer
  readonly propagation: Propagation
  /** Whether a record's span continues the producer's trace, or is linked to it. */
  readonly continuesTrace: boolean
  /** Whether spans have the keys of records. */
  readonly keys: boolean
}

export class ClientSpans {
  readonly #options: SpanOptions

  constructor(options: SpanOptions) {
    this.#options = options
  }

  /** Begins a record's span, whose context goes with the record. Returns what ends it. */
  sent(record: OutgoingRecord, client: ClientIdentity): (outcome: SendOutcome) => void {
    const { tracer, propagation } = this.#options
    const { topic, key, value, headers } = record
    const attributes: Attributes = {
      ...spanAttributes('send', client, topic),
      ...this.#keyAttribute(key),
      ...(value === null && { [attribute.tombstone]: true }),
    }
    const parent = this.#senderOf(record)
    const span = tracer.startSpan(spanName('send', topic), { kind: SpanKind.PRODUCER, attributes }, parent)
    propagation.inject(trace.setSpan(parent, span), headers, headerSetter)
    return ({ partition, offset, error }) => {
      if (partition >= 0) span.setAttribute(attribute.partition, String(partition))
      if (offset >= 0) span.setAttribute(attribute.offset, offset)
      end(span, error)
    }
  }

  /** Whoever sends within a span is part of that one's trace; what is passed on outside of all, a dead letter that is sent back for one, goes on with the trace that it is of. */
  #senderOf({ headers }: OutgoingRecord): Context {
    const active = context.active()
    if (trace.getSpanContext(active)) return active
    return this.#options.propagation.extract(active, headers, outgoingHeaderGetter)
  }

  /** The spans of an answer to a fetch: one for each partition that it brought something of. */
  fetched: NonNullable<ClientHooks['onFetch']> = ({ ms, partitions, error }, client) => {
    const found = partitions.map(({ topic, partition, offset, records }) => ({
      topic,
      attributes: {
        [attribute.partition]: String(partition),
        [attribute.offset]: offset,
        [attribute.messageCount]: records,
      },
    }))
    const told = error ? [...found, { topic: undefined, attributes: {} }] : found
    for (const { topic, attributes } of told) this.#past('poll', topic, client, ms, attributes, error)
  }

  committed: NonNullable<ClientHooks['onCommit']> = ({ offsets, ms, error }, client) => {
    const [first, ...others] = offsets
    const topic = others.every(other => other.topic === first?.topic) ? first?.topic : undefined
    const attributes =
      first && others.length === 0
        ? { [attribute.partition]: String(first.partition), [attribute.offset]: first.offset }
        : { [attribute.messageCount]: offsets.length }
    this.#past('commit', topic, client, ms, attributes, error)
  }

  acknowledged: NonNullable<ClientHooks['onAcknowledge']> = (facts, client) => {
    const { topic, partition, accepted, released, rejected, renewed, ms, error } = facts
    const attributes = {
      [attribute.partition]: String(partition),
      [attribute.messageCount]: accepted + released + rejected + renewed,
    }
    this.#past('acknowledge', topic, client, ms, attributes, error)
  }

  /** Begins the span of handling a record. */
  processing(record: HandledRecord, client: ClientIdentity | undefined): Processing {
    const { topic, partition, offset, headers, keyBytes, valueBytes } = record
    const origin = this.#options.propagation.extract(context.active(), headers, headerGetter)
    return this.#process(topic, client, origin, {
      [attribute.partition]: String(partition),
      [attribute.offset]: offset,
      ...this.#keyAttribute(keyBytes),
      ...(valueBytes === null && { [attribute.tombstone]: true }),
    })
  }

  /** Begins the span of handling a batch. What its records are linked to is only known when they are walked over. */
  processingBatch({ topic, partition, firstOffset }: HandledBatch, client: ClientIdentity): Processing {
    return this.#process(topic, client, context.active(), {
      [attribute.partition]: String(partition),
      [attribute.offset]: firstOffset,
    })
  }

  #process(
    topic: string,
    client: ClientIdentity | undefined,
    origin: Context,
    attributes: Attributes,
  ): Processing {
    const { tracer, continuesTrace } = this.#options
    const sender = trace.getSpanContext(origin)
    const isForeign = sender !== undefined && sender !== trace.getSpanContext(context.active())
    const links: Link[] = isForeign && !continuesTrace ? [{ context: sender }] : []
    const parent = continuesTrace ? origin : context.active()
    const span = tracer.startSpan(
      spanName('process', topic),
      {
        kind: SpanKind.CONSUMER,
        attributes: { ...spanAttributes('process', client, topic), ...attributes },
        links,
      },
      parent,
    )
    return { context: trace.setSpan(parent, span), end: error => end(span, error) }
  }

  /** A span that is over. */
  #past(
    operation: 'poll' | 'commit' | 'acknowledge',
    topic: string | undefined,
    client: ClientIdentity,
    ms: number,
    attributes: Attributes,
    error: Error | undefined,
  ): void {
    const endedAt = nowMs()
    const span = this.#options.tracer.startSpan(spanName(operation, topic), {
      kind: SpanKind.CLIENT,
      startTime: endedAt - ms,
      // Fetching goes on by itself, in whatever context it was begun: that is not what it is a part of.
      root: operation !== 'commit',
      attributes: { ...spanAttributes(operation, client, topic), ...attributes },
    })
    end(span, error, endedAt)
  }

  #keyAttribute(key: unknown): Attributes {
    const text = this.#options.keys ? keyText(key) : undefined
    return text === undefined ? {} : { [attribute.key]: text }
  }
}

/** A span that is under way, and the context in which its work is done. */
export interface Processing {
  readonly context: Context
  readonly end: (error: unknown) => void
}

function end(span: Span, error: unknown, at?: number): void {
  if (error !== undefined) {
    span.setAttribute(attribute.errorType, errorTypeOf(error))
    const message = error instanceof Error ? error.message : errorTypeOf(error)
    span.setStatus({ code: SpanStatusCode.ERROR, message })
    if (error instanceof Error) span.recordException(error)
  }
  span.end(at)
}

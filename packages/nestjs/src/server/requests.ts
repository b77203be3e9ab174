// Requests and their answers, with the headers of Nest's transport over KafkaJS, whose clients and servers may be on the other side.
import { type AnyTopic, type ConsumerRecord, topic } from '@millrace/client'
import type { HandlerContext, Publication } from '@millrace/service'
import { type ConsumerSerializer, KafkaHeaders, type OutgoingResponse } from '@nestjs/microservices'
import { recordOf, type SerializedRecord, serializeRecord } from '../messages/outgoing-record.ts'

type Headers = ConsumerRecord['headers']

/** Where an answer is wanted. */
export interface ReplyAddress {
  readonly topic: string
  readonly partition: number | undefined
  /** As it came: whoever asked may be of another make, whose ids are no text. */
  readonly correlationId: Buffer
}

/** What goes back, as Nest has it. */
export interface Answer {
  readonly response?: unknown
  /** In place of a response. */
  readonly err?: unknown
  /** Whether it is the last one. */
  readonly isDisposed?: boolean
}

/** Where the answer to a record is wanted; undefined for one that is no request. */
export function replyAddressOf(headers: Headers): ReplyAddress | undefined {
  if (headers.length === 0) return undefined
  const correlationId = lastOf(headers, KafkaHeaders.CORRELATION_ID)
  const name = lastOf(headers, KafkaHeaders.REPLY_TOPIC)
  if (!correlationId || !name || name.length === 0) return undefined
  const partition = partitionOf(lastOf(headers, KafkaHeaders.REPLY_PARTITION))
  return { topic: name.toString(), partition, correlationId }
}

function lastOf(headers: Headers, name: string): Buffer | null | undefined {
  return headers.findLast(({ key }) => key === name)?.value
}

/** As text by Nest, as four bytes by Spring. */
function partitionOf(value: Buffer | null | undefined): number | undefined {
  if (!value) return undefined
  const partition =
    value.length === 4 && value[0] === 0 ? value.readInt32BE() : Number.parseInt(value.toString(), 10)
  return partition >= 0 ? partition : undefined
}

/** What a requester is told of an error. */
export function errorAnswer(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  return { status: 'error', message: error.message }
}

/** Something that writes: a handler's context, or the service. */
export type Publish = <T extends AnyTopic>(topic: T, message: Publication<T>) => unknown

const disposed = Buffer.alloc(1)

/** Writes an answer. Throws what the serializer throws. */
export async function writeAnswer(
  { topic: name, partition, correlationId }: ReplyAddress,
  { response, err, isDisposed = false }: Answer,
  serializer: ConsumerSerializer | undefined,
  publish: Publish,
): Promise<void> {
  const serialized = (
    serializer ? await serializer.serialize(response as OutgoingResponse) : serializeRecord(response)
  ) as SerializedRecord
  const { topic: _, ...record } = recordOf(name, serialized, {
    [KafkaHeaders.CORRELATION_ID]: correlationId,
    ...(err !== undefined && {
      [KafkaHeaders.NEST_ERR]: typeof err === 'string' ? err : JSON.stringify(err),
    }),
    ...(isDisposed && { [KafkaHeaders.NEST_IS_DISPOSED]: disposed }),
  })
  const message = { ...record, ...(partition !== undefined && { partition }) }
  await publish(topic(name), message as Publication<AnyTopic>)
}

/** Requests whose handlers have been called and that have no answer yet: when one of them becomes a dead letter, its requester is told. */
export class OpenRequests {
  readonly #addresses = new Map<string, ReplyAddress>()

  begin({ origin }: Pick<HandlerContext, 'origin'>, address: ReplyAddress): void {
    this.#addresses.set(placeOf(origin), address)
  }

  /** The address of a request that is over; undefined for what is none, or has its answer. */
  end({ origin }: Pick<HandlerContext, 'origin'>): ReplyAddress | undefined {
    const place = placeOf(origin)
    const address = this.#addresses.get(place)
    this.#addresses.delete(place)
    return address
  }

  clear(): void {
    this.#addresses.clear()
  }
}

function placeOf({ topic: name, partition, offset }: HandlerContext['origin']): string {
  return `${name}-${partition}-${offset}`
}

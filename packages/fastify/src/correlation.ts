// Which piece of work a request is part of.
import { nodeRandom } from '@millrace/runtime'
import type { FastifyRequest } from 'fastify'
import type { CorrelationOptions } from './options.ts'

/** What goes into headers of records and lines of logs is short and visible. */
const acceptable = /^[\x21-\x7e]{1,200}$/

/** How the id of a request is found, once for each. */
export function correlationIds({
  httpHeader = 'x-correlation-id',
  idOf,
}: CorrelationOptions): (request: FastifyRequest) => string {
  const ids = new WeakMap<FastifyRequest, string>()
  const header = httpHeader === false ? undefined : httpHeader.toLowerCase()
  const find = (request: FastifyRequest): string => {
    if (idOf) return idOf(request)
    const given = header === undefined ? undefined : request.headers[header]
    return typeof given === 'string' && acceptable.test(given) ? given : newId()
  }
  return request => {
    let id = ids.get(request)
    if (id === undefined) {
      id = find(request)
      ids.set(request, id)
    }
    return id
  }
}

/** A version 4 UUID. */
function newId(): string {
  const bytes = nodeRandom.bytes(16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

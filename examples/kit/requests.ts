// What comes in by HTTP, checked: every error says what is wrong with which field.
import type { IncomingMessage } from 'node:http'

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

/** A whole number in a body. Throws RequestError. */
export function wholeNumberOf(what: string, value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw new RequestError(400, `${what} must be a whole number from ${min} to ${max}`)
}

/** One of a few values in a body. Throws RequestError. */
export function choiceOf<T extends string | number | boolean>(
  what: string,
  value: unknown,
  choices: readonly T[],
): T {
  const found = choices.find(choice => choice === value)
  if (found !== undefined) return found
  throw new RequestError(400, `${what} must be ${choices.map(choice => JSON.stringify(choice)).join(', ')}`)
}

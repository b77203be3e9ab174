// Reads bodies that must fill their buffer to the last byte.
import { DecodeError } from '../bytes/errors.ts'
import type { Reader } from '../bytes/reader.ts'
import type { Api } from './api.ts'

/** Throws DecodeError when bytes are left: a message with more behind it is not of the version it says. */
export function expectEnd(r: Reader, what: string): void {
  if (r.remaining > 0) throw new DecodeError(`${r.remaining} bytes too many behind ${what}`, r.offset)
}

/** The request that fills the rest of `r`. Throws DecodeError for an unknown version, for less and for more. */
export function decodeRequest<Request>(api: Api<Request>, r: Reader, version: number): Request {
  const request = api.decodeRequest(r, version)
  expectEnd(r, `a ${api.name} request of version ${version}`)
  return request
}

/** The response that fills the rest of `r`. Throws DecodeError for an unknown version, for less and for more. */
export function decodeResponse<Response>(
  api: Api<unknown, unknown, Response>,
  r: Reader,
  version: number,
): Response {
  const response = api.decodeResponse(r, version)
  expectEnd(r, `a ${api.name} response of version ${version}`)
  return response
}

// Which version of the header stands before a request or response.
import type { Api } from './api.ts'

/** The response header of ApiVersions is never flexible: a client that asks for versions may not know flexible ones. */
const apiVersionsKey = 18

/** Version of the request header: 2 (with tagged fields) before flexible versions, else 1. */
export function requestHeaderVersion(api: Api, version: number): number {
  return version >= api.flexibleFrom ? 2 : 1
}

/** Version of the response header: 1 (with tagged fields) before flexible versions, else 0. */
export function responseHeaderVersion(api: Api, version: number): number {
  return version >= api.flexibleFrom && api.key !== apiVersionsKey ? 1 : 0
}

// Finds an API by its key.
import { apis } from '../generated/apis.ts'
import type { Api } from './api.ts'

const byKey: (Api | undefined)[] = []
for (const api of apis) byKey[api.key] = api

/** The API of a key, or `undefined`: keys come from the network. */
export function apiByKey(key: number): Api | undefined {
  return byKey[key]
}

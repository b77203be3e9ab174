// Checks the hooks that a user gives a client.
import { nearestName } from '@millrace/runtime'
import { ConfigError } from '../errors/index.ts'
import { show } from './show.ts'

/** The methods that hooks may have (`ClientHooks`): a misspelt one would never be called. */
const hookMethods: readonly string[] = [
  'onConnection',
  'onRequest',
  'onQueue',
  'onThrottle',
  'onBatch',
  'onFetch',
  'onHandedOut',
  'onRebalance',
  'onCommit',
  'onAcknowledge',
  'onRetry',
  'onTransaction',
  'onEvent',
  'onSend',
  'aroundRecord',
  'aroundBatch',
]

/** Throws ConfigError for what are no hooks. */
export function readHooks(value: unknown): unknown {
  if (!Array.isArray(value))
    throw new ConfigError(`hooks: ${show(value)} is not a list; write hooks: [ { onRequest: … } ]`)
  for (const hook of value as unknown[]) {
    if (typeof hook !== 'object' || hook === null)
      throw new ConfigError(`hooks: ${show(hook)} is no object; it has methods such as onRequest`)
    checkHook(hook)
  }
  return value
}

function checkHook(hook: object): void {
  for (const [name, method] of Object.entries(hook)) {
    if (!/^(on|around)[A-Z]/.test(name)) continue
    if (!hookMethods.includes(name)) {
      const near = nearestName(name, hookMethods)
      throw new ConfigError(`hooks: there is no "${name}"${near ? `; did you mean "${near}"?` : ''}`)
    }
    if (method !== undefined && typeof method !== 'function')
      throw new ConfigError(`hooks: ${name} is ${show(method)}, not a function`)
  }
}

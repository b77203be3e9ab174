// `sasl.jaas.config` of a listener, read.
import { type JaasEntry, JaasError, parseJaas } from '@millrace/protocol/security'
import { ConfigError } from '../../config/definition.ts'

/** Throws ConfigError that names the property and repeats nothing of the text. */
export function readJaas(property: string, text: string): JaasEntry {
  try {
    return parseJaas(text)
  } catch (error) {
    if (!(error instanceof JaasError)) throw error
    throw new ConfigError(property, `${property}: ${error.message}`)
  }
}

// A secret that the application gives, or a function of it that does.
import { ConfigError, ConnectionError, KafkaError } from '../errors/index.ts'

/**
 * A text, or what gives it: asked at each login. What the function throws is tried again, unless it is one of the client's errors that are final
 * (`AuthenticationError`).
 */
export type TextSource = string | (() => string | Promise<string>)

/**
 * What a source gives now. What a function of the user gives is checked here: an empty secret would only be refused. `name` is the option's, for
 * errors: ConfigError for what is no text, ConnectionError where the function has failed, and what is a KafkaError already.
 */
export async function textOf(source: TextSource, name: string): Promise<string> {
  if (typeof source === 'string') return source
  const text: unknown = await attempt(source, name)
  if (typeof text !== 'string' || text === '') throw new ConfigError(`${name}: the function gave no text`)
  return text
}

/** What the user's function gives; what it throws, as an error of the client. */
export async function attempt<T>(ask: () => T | Promise<T>, name: string): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof KafkaError) throw cause
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new ConnectionError('CONNECT_FAILED', `${name}: the function has failed: ${message}`, { cause })
  }
}

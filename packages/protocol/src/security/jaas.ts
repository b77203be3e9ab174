// JAAS configuration as `sasl.jaas.config` has it: the login module of a mechanism with its options.
//
//   org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="secret" user_bob="secret";

export interface JaasEntry {
  /** Name of the class. */
  readonly module: string
  readonly options: ReadonlyMap<string, string>
}

const controlFlags: ReadonlySet<string> = new Set(['required', 'requisite', 'sufficient', 'optional'])
const tokenPattern = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([;=])|([^\s;="']+))/y

/** Text is no JAAS configuration. The message repeats nothing of it: passwords stand there. */
export class JaasError extends Error {
  override readonly name = 'JaasError'
}

/** Reads the one entry that a property holds. Throws JaasError. */
export function parseJaas(text: string): JaasEntry {
  const fault = (what: string) =>
    new JaasError(`${what}; write MODULE required name="value" …; with a semicolon at the end`)
  const tokens = tokensOf(text)
  if (!tokens) throw fault('it cannot be read: a quotation mark is not closed')
  const module = tokens.shift()
  if (module === undefined) throw fault('it is empty')
  const flag = tokens.shift()
  if (flag === undefined || !controlFlags.has(flag.toLowerCase()))
    throw fault('behind the login module stands no "required"')
  if (tokens.pop() !== ';') throw fault('it does not end with a semicolon')
  const options = new Map<string, string>()
  for (let at = 0; at < tokens.length; at += 3) {
    const [name, equals, value] = tokens.slice(at, at + 3)
    if (name === undefined || name === ';') throw fault('it has more than one login module')
    if (equals !== '=' || value === undefined)
      throw fault(`option ${(at / 3 + 1).toString()} is not name="value"`)
    options.set(name, value)
  }
  return { module, options }
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = []
  tokenPattern.lastIndex = 0
  for (const end = text.trimEnd().length; tokenPattern.lastIndex < end; ) {
    const match = tokenPattern.exec(text)
    if (!match) return undefined
    const quoted = match[1] ?? match[2]
    tokens.push(quoted?.replace(/\\(.)/g, '$1') ?? match[3] ?? match[4]!)
  }
  return tokens
}

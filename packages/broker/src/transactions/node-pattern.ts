// Regular expressions that clients send: run where they can be stopped, since some take for ever and the event loop is everybody's.
const vm = process.getBuiltinModule('node:vm')

/** A regular expression that is none, or that takes too long. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** For each text, whether all of it matches. Throws `PatternError`; after `timeoutMs` for one that is not done. */
export function wholeMatches(pattern: string, texts: readonly string[], timeoutMs: number): boolean[] {
  const source = `^(?:${pattern})$`
  try {
    // A pattern that is broken by itself must not be mended by what is put around it.
    new RegExp(pattern, 's')
    const context = vm.createContext({ expression: new RegExp(source, 's'), texts })
    const run = 'Array.from(texts, text => expression.test(text))'
    return Array.from(vm.runInContext(run, context, { timeout: timeoutMs }) as boolean[])
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new PatternError(`it takes longer than ${timeoutMs} ms`)
    throw new PatternError(message)
  }
}

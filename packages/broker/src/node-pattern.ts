// Regular expressions that clients send: run where they can be stopped, since some take for ever and the event loop is everybody's.

/** A regular expression that is none, or that takes too long. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

/** What the code that can be stopped sees. */
interface Globals {
  expression?: RegExp | undefined
  texts?: readonly string[] | undefined
}

type Run = (globals: Required<Globals>, timeoutMs: number) => boolean[]

/** Made once: a context takes more time and memory than most patterns. */
let run: Run | undefined

/** For each text, whether all of it matches. Throws `PatternError`; after `timeoutMs` for one that is not done. */
export function wholeMatches(pattern: string, texts: readonly string[], timeoutMs: number): boolean[] {
  const source = `^(?:${pattern})$`
  try {
    // A pattern that is broken by itself must not be mended by what is put around it.
    new RegExp(pattern, 's')
    run ??= prepare()
    return run({ expression: new RegExp(source, 's'), texts }, timeoutMs)
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new PatternError(`it takes longer than ${timeoutMs} ms`)
    throw new PatternError(message)
  }
}

function prepare(): Run {
  const vm = process.getBuiltinModule('node:vm')
  const seen: Globals = {}
  const context = vm.createContext(seen)
  const script = new vm.Script('Array.from(texts, text => expression.test(text))')
  return (globals, timeout) => {
    Object.assign(seen, globals)
    try {
      return Array.from(script.runInContext(context, { timeout }) as boolean[])
    } finally {
      Object.assign(seen, { expression: undefined, texts: undefined } satisfies Globals)
    }
  }
}

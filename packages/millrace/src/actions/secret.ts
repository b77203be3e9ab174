// A secret that a command needs: out of a file, the environment, or asked for. Never out of the command line, which everybody on the machine can see.
import type { Context } from '../context.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'
import { readText } from './read-text.ts'

export interface SecretSource {
  /** `the password of user "alice"`. */
  readonly what: string
  readonly file: string | undefined
  /** How the file is named on the command line. */
  readonly fileOption: string
  readonly variable: string
  /** It is asked for twice: a typing error would be kept. */
  readonly isNew?: boolean
}

/** Throws UsageError that says where it can come from. */
export async function readSecret(context: Context, source: SecretSource): Promise<string> {
  const { what, file, fileOption, variable, isNew = false } = source
  const secret =
    file === undefined ? context.environment[variable] : withoutEnd(await readText(file, fileOption, context))
  if (secret === '')
    throw new UsageError(`${what} is empty in ${file === undefined ? variable : `${fileOption} ${file}`}`)
  if (secret !== undefined) return secret
  const input = context.input() as AsyncIterable<Buffer> & Partial<TypedInput>
  if (!isTyped(input))
    throw new UsageError(`${what} is missing`, `put it into a file (${fileOption}) or into ${variable}`)
  const typed = await ask(`${what}: `, input, context)
  if (typed === '') throw new UsageError(`${what} is empty`)
  if (isNew && (await ask('again: ', input, context)) !== typed)
    throw new CommandError('the two are not the same; nothing was done', ExitCode.usage)
  return typed
}

/** Editors end a file with a line break, which belongs to no password. */
const withoutEnd = (text: string): string => text.replace(/\r?\n$/, '')

interface TypedInput {
  readonly isTTY: boolean
  setRawMode(on: boolean): unknown
}

function isTyped(
  input: AsyncIterable<Buffer> & Partial<TypedInput>,
): input is AsyncIterable<Buffer> & TypedInput {
  return input.isTTY === true && typeof input.setRawMode === 'function'
}

const keys = { interrupt: '\u0003', end: '\u0004', backspace: '\u007f', backspaceToo: '\b' } as const

/** Reads a line without showing it. */
async function ask(
  question: string,
  input: AsyncIterable<Buffer> & TypedInput,
  { terminal }: Context,
): Promise<string> {
  terminal.note(question)
  input.setRawMode(true)
  let text = ''
  // An iterator of its own is not returned: that would close the input before the second question.
  const chunks = input[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await chunks.next()
      for (const character of done ? keys.end : value.toString('utf8')) {
        if (character === keys.interrupt) throw new DOMException('ended by Ctrl-C', 'AbortError')
        if (character === '\r' || character === '\n' || character === keys.end) return text
        if (character === keys.backspace || character === keys.backspaceToo)
          text = Array.from(text).slice(0, -1).join('')
        else text += character
      }
      if (done) return text
    }
  } finally {
    input.setRawMode(false)
  }
}

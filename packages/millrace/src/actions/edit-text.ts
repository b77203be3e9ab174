// Has somebody change a text in their editor, as git does: VISUAL, else EDITOR, else vi.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { CommandError, ExitCode } from '../output/errors.ts'

const fallback = process.platform === 'win32' ? 'notepad' : 'vi'

/**
 * Returns what `read` makes of the text as it was saved; undefined when it was left as it was. Where `read` throws, the text is kept, and the error says where. Throws CommandError when the editor
 * fails, and the signal's reason.
 */
export async function editText<T>(
  text: string,
  name: string,
  { environment, signal }: Context,
  read: (text: string) => T,
): Promise<T | undefined> {
  const editor = environment['VISUAL'] || environment['EDITOR'] || fallback
  // Others of this machine must not read it.
  const directory = await mkdtemp(join(tmpdir(), 'millrace-edit-'))
  const path = join(directory, name)
  let isKept = false
  try {
    await writeFile(path, text, { mode: 0o600 })
    await runEditor(editor, path, environment, signal)
    const changed = await readFile(path, 'utf8')
    if (changed === text) return undefined
    try {
      return read(changed)
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      isKept = true
      throw new CommandError(error.message, error.exitCode, `what you wrote is kept in ${path}`)
    }
  } finally {
    if (!isKept) await rm(directory, { recursive: true, force: true })
  }
}

/** The editor is a shell's word: it may have arguments. */
async function runEditor(
  editor: string,
  path: string,
  environment: Context['environment'],
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const child = spawn(`${editor} ${quoted(path)}`, {
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  })
  const end = () => child.kill()
  signal.addEventListener('abort', end, { once: true })
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    signal.throwIfAborted()
    if (code !== 0)
      throw new CommandError(
        `the editor (${editor}) ended with ${code === null ? 'a signal' : `code ${code}`}: nothing was changed`,
        ExitCode.failure,
        'EDITOR says which one to use; --file takes a file in its place',
      )
  } finally {
    signal.removeEventListener('abort', end)
  }
}

function quoted(path: string): string {
  return process.platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

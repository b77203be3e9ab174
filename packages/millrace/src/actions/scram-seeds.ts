// Users that `up` makes: as `kafka-storage format --add-scram` has them, or lines of that in a file.
import type { UserSeed } from '@millrace/broker'
import { UsageError } from '../output/errors.ts'

const example = 'SCRAM-SHA-512=[name=alice,password=PASSWORD]'
const pattern = /^(SCRAM-SHA-(?:256|512))=\[(.*)\]$/

/** `texts`: of the command line, each a user or `@` and a file. Throws UsageError, which repeats no password. */
export function scramSeeds(texts: readonly string[]): UserSeed[] {
  return texts.flatMap(text =>
    text.startsWith('@') ? seedsOfFile(text.slice(1)) : [seedOf(text, '--add-scram')],
  )
}

function seedsOfFile(path: string): UserSeed[] {
  let content: string
  try {
    content = process.getBuiltinModule('node:fs').readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`--add-scram @${path}: ${(error as Error).message}`)
  }
  return content.split(/\r?\n/).flatMap((line, index) => {
    const text = line.trim()
    return text === '' || text.startsWith('#')
      ? []
      : [seedOf(text, `--add-scram @${path}, line ${index + 1}`)]
  })
}

function seedOf(text: string, place: string): UserSeed {
  const match = pattern.exec(text.trim())
  if (!match) throw new UsageError(`${place}: a user is written ${example}`)
  const fields = new Map<string, string>()
  for (const pair of match[2]!.split(',')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, Math.max(at, 0)).trim()
    if (!['name', 'password', 'iterations'].includes(name))
      throw new UsageError(
        `${place}: between the brackets stand name=, password= and iterations=; ${example}`,
      )
    fields.set(name, pair.slice(at + 1).trim())
  }
  const [name, password, iterations] = [fields.get('name'), fields.get('password'), fields.get('iterations')]
  if (!name || !password) throw new UsageError(`${place}: name= and password= are needed; ${example}`)
  return {
    name,
    password,
    mechanism: match[1] as NonNullable<UserSeed['mechanism']>,
    ...(iterations !== undefined && { iterations: Number(iterations) }),
  }
}

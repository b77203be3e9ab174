// Reads a command line of `millrace up` without the whole grammar, whose loading would take a tenth of the start.
import type { UpOptions } from '../options/up.ts'

// An `import` would load all that `node:util` has: 2 ms of a start.
const { parseArgs } = process.getBuiltinModule('node:util')

/** Names and shapes as in the grammar of `up`; a test holds the two together. */
const upArguments = {
  port: { type: 'string', short: 'p', multiple: true },
  host: { type: 'string' },
  'data-dir': { type: 'string', short: 'd' },
  config: { type: 'string', short: 'c' },
  set: { type: 'string', short: 'X', multiple: true, default: [] as string[] },
  override: { type: 'string', multiple: true, default: [] as string[] },
  topic: { type: 'string', short: 't', multiple: true, default: [] as string[] },
  'add-scram': { type: 'string', multiple: true, default: [] as string[] },
  'log-format': { type: 'string', multiple: true },
  quiet: { type: 'boolean', short: 'q' },
  'allow-foreign-files': { type: 'boolean' },
} as const

/**
 * The options, when `args` is a command line of `up` without anything to explain; else undefined, and the grammar says what it
 * is: another command, a call for help, a mistake.
 */
export function readUpArguments(args: readonly string[]): UpOptions | undefined {
  if (args[0] !== 'up') return undefined
  const values = parse(args.slice(1))
  if (!values) return undefined
  const { port: ports = [], 'log-format': formats = [], 'data-dir': dataDir, ...rest } = values
  const { 'allow-foreign-files': allowForeignFiles, 'add-scram': addScram, ...others } = rest
  // Given twice, the last counts, but the grammar checks both.
  if (ports.length > 1 || formats.length > 1) return undefined
  const [port] = ports
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) <= 65_535)) return undefined
  const [logFormat = 'pretty'] = formats
  if (logFormat !== 'pretty' && logFormat !== 'json') return undefined
  return {
    ...others,
    addScram,
    ...(port !== undefined && { port: Number(port) }),
    ...(dataDir !== undefined && { dataDir }),
    ...(allowForeignFiles !== undefined && { allowForeignFiles }),
    logFormat,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: upArguments }).values
  } catch {
    return undefined
  }
}

// `millrace up`: what it does.
import { resolve } from 'node:path'
import {
  Broker,
  type BrokerOptions,
  createLineLogger,
  parseProperties,
  propertiesFromEnvironment,
  type TopicSeed,
  type UserSeed,
} from '@millrace/broker'
import type { Context } from '../context.ts'
import { int32Max } from '../format/limits.ts'
import type { UpOptions } from '../options/up.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'
import { refuseForeignFiles } from './foreign-files.ts'
import { parseSettings } from './settings.ts'
import { collectYoungGarbageAlone } from './young-garbage.ts'

const defaultDataDir = 'millrace-data'
/** The first clients come before it. */
const metricsDelayMs = 300

export async function up(options: UpOptions, context: Context): Promise<void> {
  const given = { ...brokerOptions(options, context), users: await usersOf(options) }
  if (!options.allowForeignFiles) refuseForeignFiles(dataDirOf(given))
  const broker = await startBroker(given)
  await context.terminal.write(`${readyLine(broker)}\n`)
  collectYoungGarbageAlone()
  const warning = wildcardWarning(broker, given)
  if (warning !== undefined) context.terminal.note(warning)
  const metrics = setTimeout(() => void serveHttp(broker, given, context), metricsDelayMs).unref()
  if (!context.signal.aborted) {
    await new Promise<void>(done => context.signal.addEventListener('abort', () => done(), { once: true }))
  }
  clearTimeout(metrics)
  context.terminal.note(
    'stopping: answering what is under way and closing the log (a second Ctrl-C ends at once)',
  )
  await broker.close()
}

/** Where metrics are served unless something else is said. */
async function serveHttp(broker: Broker, options: BrokerOptions, context: Context): Promise<void> {
  const { serveHttpByDefault } = await import('./up-http.ts')
  await serveHttpByDefault(broker, options, reason => context.terminal.note(reason))
}

const dataDirOf = ({ dataDir, config }: BrokerOptions): string =>
  dataDir ?? String(config?.['log.dirs'] ?? config?.['log.dir'])

/** On all addresses a broker listens for others, but the name that it has without being told is one for its own machine. */
function wildcardWarning({ address }: Broker, { host, config }: BrokerOptions): string | undefined {
  const listeners = String(config?.['listeners'] ?? `//${host ?? ''}:`)
  if (!address.startsWith('localhost:') || !/\/\/(0\.0\.0\.0|\[?::\]?|):/.test(listeners)) return undefined
  return `clients are told ${address}, which other machines cannot reach; -X advertised.listeners=PLAINTEXT://HOST:PORT names an address that they can`
}

function readyLine(broker: Broker): string {
  const metrics = broker.httpUrl === undefined ? '' : `, metrics on ${broker.httpUrl}`
  return `millrace is ready on ${broker.address} (data in ${broker.dataDir}${metrics}, started in ${Math.round(performance.now())} ms)`
}

async function startBroker(options: BrokerOptions): Promise<Broker> {
  try {
    return await Broker.start(options)
  } catch (error) {
    throw explained(error as Error)
  }
}

/** Says what to do about the ways in which a start fails; other errors are passed on. */
function explained(error: Error): Error {
  const { message, name } = error
  switch (name) {
    case 'ListenError':
      if ((error as { property?: unknown }).property === 'http.listener')
        return new CommandError(message, ExitCode.conflict, '-X http.listener= serves no metrics')
      return (error.cause as { code?: unknown } | undefined)?.code === 'EADDRINUSE'
        ? new CommandError(message, ExitCode.conflict, '--port takes another one, --port 0 a free one')
        : new CommandError(message, ExitCode.denied, listenAdvice(error.cause))
    case 'DirectoryLockedError':
      return new CommandError(
        message,
        ExitCode.conflict,
        'stop that broker, or choose another directory with --data-dir',
      )
    case 'DirectoryFormatError':
      return new CommandError(message, ExitCode.conflict, 'choose another directory with --data-dir')
    case 'DataDirectoryError':
      return new CommandError(message, ExitCode.denied, 'choose another directory with --data-dir')
    case 'ConfigError':
      return new UsageError(message)
    case 'ApiError':
      // The only thing that is asked of the broker before it is ready.
      return new UsageError(`--topic: ${message}`)
  }
  return error
}

function listenAdvice(cause: unknown): string {
  switch ((cause as { code?: unknown } | undefined)?.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
      return '--host takes an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 for all that it has'
    case 'EACCES':
      return '--port takes another one: those below 1024 are for privileged processes'
    default:
      return '--host and --port say where to listen'
  }
}

function brokerOptions(options: UpOptions, context: Context): BrokerOptions {
  const fromFile = propertiesFromFile(options.config)
  const { properties: fromEnvironment, unknown } = propertiesFromEnvironment(propertyVariables(context))
  const fromArguments = {
    ...parseSettings(options.override, '--override'),
    ...parseSettings(options.set, '--set'),
  }
  const config: Record<string, string> = { ...fromFile, ...fromEnvironment, ...fromArguments }
  // What is said on the command line goes before what a file says of the same thing.
  if (options.port !== undefined || options.host !== undefined) {
    if (fromArguments['listeners'] !== undefined)
      throw new UsageError('--set listeners and --port or --host say the same thing; give one of them')
    refuseToOpen(config['listeners'])
    delete config['listeners']
    // A file names the address that clients use beside its own port. Named anywhere else, it is meant for this one.
    if (!('advertised.listeners' in { ...fromEnvironment, ...fromArguments }))
      delete config['advertised.listeners']
  }
  if (options.dataDir !== undefined) {
    delete config['log.dir']
    delete config['log.dirs']
  }
  const logger = createLineLogger({
    format: options.logFormat,
    level: options.quiet ? 'warn' : 'info',
  })
  for (const { variable, property, nearest } of unknown) {
    logger.log('warn', 'config.unknown_variable', {
      variable,
      property,
      ...(nearest !== undefined && { nearest }),
    })
  }
  const configured = config['log.dirs'] ?? config['log.dir']
  const dataDir = options.dataDir ?? (configured === undefined ? defaultDataDir : undefined)
  return {
    ...(options.port !== undefined && { port: options.port }),
    ...(options.host !== undefined && { host: options.host }),
    ...(dataDir !== undefined && { dataDir: resolve(dataDir) }),
    config,
    topics: options.topic.map(parseSeed),
    loadAhead: true,
    logger,
  }
}

/** A port of its own is plain text: it must not stand in for listeners that are not. */
function refuseToOpen(listeners = ''): void {
  const other = listeners
    .split(',')
    .map(listener => listener.split('://')[0]!.trim())
    .find(name => !['', 'PLAINTEXT', 'CONTROLLER'].includes(name.toUpperCase()))
  if (other === undefined) return
  throw new UsageError(
    `--port and --host are of a listener without security, and the configuration has listener ${other}`,
    'change "listeners" there, or with --set listeners=…',
  )
}

/** Loaded where there are any: most starts make no user. */
async function usersOf({ addScram }: UpOptions): Promise<UserSeed[]> {
  return addScram.length > 0 ? (await import('./scram-seeds.ts')).scramSeeds(addScram) : []
}

/** Variables of the other commands, which are no properties. */
const commandVariables = new Set([
  'MILLRACE_BROKERS',
  'MILLRACE_CONTEXT',
  'MILLRACE_CONFIG',
  'MILLRACE_PASSWORD',
  'MILLRACE_NEW_PASSWORD',
])

function propertyVariables({ environment }: Context): Context['environment'] {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !commandVariables.has(name)))
}

function propertiesFromFile(path: string | undefined): Readonly<Record<string, string>> {
  if (path === undefined) return {}
  let text: string
  try {
    text = process.getBuiltinModule('node:fs').readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`--config ${path}: ${(error as Error).message}`)
  }
  try {
    return parseProperties(text)
  } catch (error) {
    throw new UsageError(`--config ${path}: ${(error as Error).message}`)
  }
}

function parseSeed(text: string): TopicSeed {
  const [name = '', partitions] = text.split(':')
  if (partitions === undefined) return { name }
  if (!/^[1-9]\d*$/.test(partitions) || Number(partitions) > int32Max)
    throw new UsageError(`--topic ${JSON.stringify(text)} is not name:partitions`)
  return { name, partitions: Number(partitions) }
}

// `millrace up`: what it does.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  Broker,
  type BrokerOptions,
  createLineLogger,
  parseProperties,
  propertiesFromEnvironment,
  type TopicSeed,
} from '@millrace/broker'
import type { UpOptions } from '../commands/up.ts'
import type { Context } from '../context.ts'
import { CommandError, ExitCode, UsageError } from '../output/errors.ts'
import { parseSettings } from './settings.ts'

const defaultDataDir = 'millrace-data'

export async function up(options: UpOptions, context: Context): Promise<void> {
  const started = performance.now()
  const broker = await startBroker(brokerOptions(options), options)
  await context.terminal.write(`${readyLine(broker, performance.now() - started)}\n`)
  if (!context.signal.aborted) {
    await new Promise<void>(done => context.signal.addEventListener('abort', () => done(), { once: true }))
  }
  context.terminal.note(
    'stopping: answering what is under way and closing the log (a second Ctrl-C ends at once)',
  )
  await broker.close()
}

function readyLine(broker: Broker, tookMs: number): string {
  return `millrace is ready on ${broker.address} (data in ${broker.dataDir}, cluster ${broker.clusterId}, started in ${Math.round(tookMs)} ms)`
}

async function startBroker(options: BrokerOptions, { dataDir }: UpOptions): Promise<Broker> {
  try {
    return await Broker.start(options)
  } catch (error) {
    throw explained(error as Error & { code?: string }, dataDir)
  }
}

/** Says what to do about the ways in which a start fails; other errors are passed on. */
function explained(error: Error & { code?: string }, dataDir: string | undefined): Error {
  switch (error.name) {
    case 'ListenError':
      return new CommandError(
        error.message,
        ExitCode.conflict,
        'choose another port with --port (0 takes a free one), or stop what listens there',
      )
    case 'DirectoryLockedError':
      return new CommandError(
        error.message,
        ExitCode.conflict,
        'stop that broker, or choose another directory with --data-dir',
      )
    case 'DirectoryFormatError':
      return new CommandError(error.message, ExitCode.conflict, 'choose another directory with --data-dir')
    case 'ConfigError':
      return new UsageError(error.message)
  }
  if (
    error.code === 'EACCES' ||
    error.code === 'EPERM' ||
    error.code === 'EROFS' ||
    error.code === 'ENOTDIR' ||
    error.code === 'EEXIST'
  ) {
    return new CommandError(
      `the data directory ${dataDir ?? defaultDataDir} cannot be used: ${error.message}`,
      ExitCode.denied,
      'choose a directory that this user can write to with --data-dir',
    )
  }
  return error
}

function brokerOptions(options: UpOptions): BrokerOptions {
  const given = { ...propertiesFromFile(options.config), ...propertiesFromEnvironment(environment()) }
  const config: Record<string, string> = {
    ...given,
    ...parseSettings(options.override, '--override'),
    ...parseSettings(options.set, '--set'),
  }
  // What is said on the command line goes before what a file says of the same thing.
  if (options.port !== undefined || options.host !== undefined) {
    delete config['listeners']
    delete config['advertised.listeners']
  }
  if (options.dataDir !== undefined) {
    delete config['log.dir']
    delete config['log.dirs']
  }
  const configured = config['log.dirs'] ?? config['log.dir']
  const dataDir = options.dataDir ?? (configured === undefined ? defaultDataDir : undefined)
  return {
    ...(options.port !== undefined && { port: options.port }),
    ...(options.host !== undefined && { host: options.host }),
    ...(dataDir !== undefined && { dataDir: resolve(dataDir) }),
    config,
    topics: options.topic.map(parseSeed),
    logger: createLineLogger({
      format: logFormat(options.logFormat),
      level: options.quiet ? 'warn' : 'info',
    }),
  }
}

/** `MILLRACE_BROKERS` is the client commands' variable, not a property. */
function environment(): Record<string, string | undefined> {
  const { MILLRACE_BROKERS: _, ...rest } = process.env
  return rest
}

function logFormat(text: string): 'pretty' | 'json' {
  if (text === 'pretty' || text === 'json') return text
  throw new UsageError(`--log-format ${JSON.stringify(text)}: use pretty or json`)
}

function propertiesFromFile(path: string | undefined): Readonly<Record<string, string>> {
  if (path === undefined) return {}
  let text: string
  try {
    text = readFileSync(path, 'utf8')
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
  if (!/^[1-9]\d*$/.test(partitions))
    throw new UsageError(`--topic ${JSON.stringify(text)} is not name:partitions`)
  return { name, partitions: Number(partitions) }
}

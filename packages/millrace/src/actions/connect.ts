// Clients of a command: made from the options that all commands share, closed when the command ends.
import { Admin, type ClusterOptions as ClientOptions, isClusterOption } from '@millrace/client'
import type { ClusterOptions, Context } from '../context.ts'
import { parseSettings } from './settings.ts'

/** Silence after which a command says what it is waiting for. */
const silenceMaxMs = 1500

const connectTimeoutMaxMs = 10_000

/** What this command line sets by itself, with the names under which `-X` can set it otherwise. */
const kafkaNames: Readonly<Record<string, readonly string[]>> = {
  brokers: ['bootstrap.servers', 'metadata.broker.list'],
  clientId: ['client.id'],
  apiTimeoutMs: ['default.api.timeout.ms', 'max.block.ms'],
  requestTimeoutMs: ['request.timeout.ms'],
  connectTimeoutMs: ['socket.connection.setup.timeout.ms'],
  acks: ['request.required.acks'],
  compression: ['compression.type', 'compression.codec'],
  deliveryTimeoutMs: ['delivery.timeout.ms', 'message.timeout.ms'],
  batchSize: ['batch.size'],
  lingerMs: ['linger.ms', 'queue.buffering.max.ms'],
  groupId: ['group.id'],
  isolationLevel: ['isolation.level'],
  autoOffsetReset: ['auto.offset.reset'],
  fetchMaxWaitMs: ['fetch.max.wait.ms', 'fetch.wait.max.ms'],
}

/** Options of a client out of the command line: the common ones, `own` of the command, and over them the `-X` settings. */
export function clientOptions<T extends object>(options: ClusterOptions, own: T): ClientOptions & T {
  const settings = parseSettings(options.set, '--set')
  const defaults = {
    brokers: options.brokers
      .split(',')
      .map(address => address.trim())
      .filter(Boolean),
    clientId: 'millrace-cli',
    apiTimeoutMs: options.timeout,
    requestTimeoutMs: options.timeout,
    connectTimeoutMs: Math.min(options.timeout, connectTimeoutMaxMs),
    ...own,
  }
  const kept = Object.entries(defaults).filter(
    ([name]) => !kafkaNames[name]?.some(alias => alias in settings),
  )
  return { ...Object.fromEntries(kept), ...settings } as ClientOptions & T
}

/** Says that the brokers do not answer, unless the returned function is called soon. */
export function announceSilence(options: ClusterOptions, { terminal }: Context): () => void {
  const timer = setTimeout(() => {
    terminal.note(`no answer from ${options.brokers} yet; trying for ${options.timeout / 1000} s (--timeout)`)
  }, silenceMaxMs)
  return () => clearTimeout(timer)
}

/** For an admin client at the side of a producer or consumer: without the settings that only those have. */
export function withClusterSettings<T extends ClusterOptions>(options: T): T {
  return { ...options, set: options.set.filter(entry => isClusterOption(entry.slice(0, entry.indexOf('=')))) }
}

/** Runs `work` with an admin client and closes it afterwards, or at once when the signal aborts. */
export async function withAdmin<T>(
  options: ClusterOptions,
  context: Context,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = new Admin(clientOptions(options, {}))
  const answered = announceSilence(options, context)
  const close = () => admin.close()
  context.signal.addEventListener('abort', close, { once: true })
  try {
    return await work(admin)
  } catch (error) {
    context.signal.throwIfAborted()
    throw error
  } finally {
    answered()
    context.signal.removeEventListener('abort', close)
    close()
  }
}

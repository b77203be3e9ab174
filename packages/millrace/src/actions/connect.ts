// Clients of a command: made from the options that all commands share, closed when the command ends.
import { Admin, type ClusterOptions as ClientOptions } from '@millrace/client'
import type { ClusterOptions } from '../context.ts'
import { parseSettings } from './settings.ts'

/** Client options out of the command line; `-X` settings by their Kafka names win. */
export function clientOptions(options: ClusterOptions): ClientOptions {
  return {
    brokers: options.brokers
      .split(',')
      .map(address => address.trim())
      .filter(Boolean),
    clientId: 'millrace-cli',
    apiTimeoutMs: options.timeout,
    requestTimeoutMs: options.timeout,
    connectTimeoutMs: Math.min(options.timeout, 10_000),
    ...parseSettings(options.set, '--set'),
  }
}

/** Runs `work` with an admin client and closes it afterwards. */
export async function withAdmin<T>(options: ClusterOptions, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Admin(clientOptions(options))
  try {
    return await work(admin)
  } finally {
    admin.close()
  }
}

// Reads a file of settings.
import { readFile } from 'node:fs/promises'
import { ConfigError } from '@millrace/client'
import { parseServiceSettings, type ServiceSettings } from './service-settings.ts'
import { parseSettings, type Settings, type SettingsOptions } from './settings.ts'

/**
 * The settings of a YAML file, under those of the environment. Throws ConfigError for a file that cannot be read or understood, with file, line and
 * column of all that is wrong in it, and the nearest name for each that there is not.
 *
 * @example
 * const settings = await loadSettings('kafka.yaml', { profile: 'production' })
 * const producer = new Producer(settings.producer())
 * const consumer = new Consumer({ ...settings.consumer('billing'), topics: [orders] })
 */
export async function loadSettings(path: string | URL, options: SettingsOptions = {}): Promise<Settings> {
  const { text, shown } = await read(path)
  return parseSettings(text, { ...options, file: options.file ?? shown })
}

/**
 * The settings of a service from a YAML file, under those of the environment: {@link parseServiceSettings}. Throws ConfigError as {@link loadSettings} does, and for variables that are not set.
 *
 * @example
 * const settings = await loadServiceSettings('service.yaml')
 * const logger = createLogger(settings.log)
 * const service = new Service({ ...settings.service, logger, hooks: [logContext] })
 * service.handle(orders, work, settings.handler('orders'))
 */
export async function loadServiceSettings(
  path: string | URL,
  options: SettingsOptions = {},
): Promise<ServiceSettings> {
  const { text, shown } = await read(path)
  return parseServiceSettings(text, { ...options, file: options.file ?? shown })
}

async function read(path: string | URL): Promise<{ readonly text: string; readonly shown: string }> {
  const shown = path instanceof URL ? path.pathname : path
  try {
    return { text: await readFile(path, 'utf8'), shown }
  } catch (error) {
    throw new ConfigError(`${shown}: cannot be read: ${(error as Error).message}`)
  }
}

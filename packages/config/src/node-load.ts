// Reads a file of settings.
import { readFile } from 'node:fs/promises'
import { ConfigError } from '@millrace/client'
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
  const shown = path instanceof URL ? path.pathname : path
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`${shown}: cannot be read: ${(error as Error).message}`)
  }
  return parseSettings(text, { ...options, file: options.file ?? shown })
}

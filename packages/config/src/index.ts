// Settings of Kafka clients from a YAML file and the environment.
export { loadSettings } from './node-load.ts'
export type { Environment } from './entry.ts'
export { parseSettings, Settings, type SettingsOptions } from './settings.ts'

// Settings of Kafka clients and of services from a YAML file and the environment.
export { loadServiceSettings, loadSettings } from './node-load.ts'
export type { Environment } from './entry.ts'
export {
  type HandlerSettings,
  type KafkaSettings,
  type LogSettings,
  type MetricsSettings,
  parseServiceSettings,
  ServiceSettings,
} from './service-settings.ts'
export { parseSettings, Settings, type SettingsOptions } from './settings.ts'

// OpenTelemetry for clients and services: spans and metrics by the messaging conventions, and traces that go on through headers of records.
export {
  type OpenTelemetryHooks,
  type OpenTelemetryOptions,
  openTelemetry,
  type TelemetrySource,
} from './open-telemetry.ts'
export { type CountedEvent, serviceTelemetry, type ServiceTelemetryOptions } from './service-telemetry.ts'

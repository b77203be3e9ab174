// OpenTelemetry for the client: spans and metrics by the messaging conventions, and traces that go on through headers of records.
export {
  type OpenTelemetryHooks,
  type OpenTelemetryOptions,
  openTelemetry,
  type TelemetrySource,
} from './open-telemetry.ts'

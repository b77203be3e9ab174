// PushTelemetry (key 72, version 0): metrics of a client (KIP-714).
import { PushTelemetryApi } from '@millrace/protocol'
import { receiverFor } from '../client-metrics/receiver.ts'
import { defineHandler } from './handler.ts'
import type { HandlerTraits } from './traits.ts'

const traits: HandlerTraits = { authorization: 'NONE', quota: 'REQUEST' }

export default defineHandler(PushTelemetryApi, traits, (request, context) =>
  receiverFor(context).push(request, context),
)

// GetTelemetrySubscriptions (key 71, version 0): which metrics a client should push, and how often (KIP-714). Clients are told of the key only where
// metrics are shown to somebody.
import { GetTelemetrySubscriptionsApi } from '@millrace/protocol'
import { receiverFor } from '../client-metrics/receiver.ts'
import { defineHandler } from './handler.ts'
import type { HandlerTraits } from './traits.ts'

const traits: HandlerTraits = { authorization: 'NONE', quota: 'REQUEST' }

export default defineHandler(GetTelemetrySubscriptionsApi, traits, ({ clientInstanceId }, context) =>
  receiverFor(context).ask(clientInstanceId, context),
)

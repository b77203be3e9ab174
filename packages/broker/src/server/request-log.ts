// The request log: a line for each request that took too long, or for every one, with the time of each phase. Kafka's `kafka.request.logger`.
// It says who asked what and how long it took, and nothing of what was in it: requests carry secrets.
import type { BurstFilter } from '../burst-filter.ts'
import type { BrokerConfig } from '../config/broker-config.ts'
import type { LeveledLogger, LogFields } from '../logger.ts'
import type { ObservedRequest, RequestObserver } from './request-observer.ts'

export interface RequestLogOptions {
  readonly burstFilter: BurstFilter
  readonly config: BrokerConfig
  readonly logger: LeveledLogger
}

export class RequestLog implements RequestObserver {
  readonly #options: RequestLogOptions

  constructor(options: RequestLogOptions) {
    this.#options = options
  }

  observe(request: ObservedRequest): void {
    const { burstFilter, config, logger } = this.#options
    const slowMs = config.get('request.log.slow.ms')
    // Where everything is slow, the log must not make it slower.
    if (slowMs >= 0 && ownTimeMs(request) > slowMs)
      burstFilter.log('warn', 'request.slow', {}, () => fieldsOf(request))
    else if (logger.isEnabled('request', 'debug')) logger.log('debug', 'request.completed', fieldsOf(request))
  }
}

/** The time that the broker has to answer for: not that for which a client wished to wait for others. */
function ownTimeMs(request: ObservedRequest): number {
  const { queueTimeMs, localTimeMs, remoteTimeMs, waitsForClients, replyQueueTimeMs, sendTimeMs } = request
  return queueTimeMs + localTimeMs + (waitsForClients ? 0 : remoteTimeMs) + replyQueueTimeMs + sendTimeMs
}

function fieldsOf(request: ObservedRequest): LogFields {
  const { api, connection, waitsForClients, remoteTimeMs, throttleTimeMs } = request
  const totalTimeMs =
    request.queueTimeMs + request.localTimeMs + remoteTimeMs + request.replyQueueTimeMs + request.sendTimeMs
  return {
    api: api.name,
    version: request.apiVersion,
    correlationId: request.correlationId,
    clientId: request.clientId,
    principal: connection.session.principal,
    remote: connection.remoteAddress,
    listener: connection.endpoint.name,
    requestBytes: request.bytes,
    replyBytes: request.replyBytes,
    totalMs: rounded(totalTimeMs),
    queueMs: rounded(request.queueTimeMs),
    localMs: rounded(request.localTimeMs),
    diskMs: rounded(waitsForClients ? 0 : remoteTimeMs),
    remoteMs: rounded(waitsForClients ? remoteTimeMs : 0),
    replyQueueMs: rounded(request.replyQueueTimeMs),
    sendMs: rounded(request.sendTimeMs),
    ...(throttleTimeMs > 0 && { throttleMs: throttleTimeMs }),
  }
}

function rounded(timeMs: number): number {
  return Math.round(timeMs * 1000) / 1000
}

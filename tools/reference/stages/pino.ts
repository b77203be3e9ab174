// What examples of loggers take for granted: a logger, and a handler of HTTP requests.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ServiceLogger } from '@millrace/pino'

export { randomUUID } from 'node:crypto'
export { createServer } from 'node:http'
export declare function pino(stream: object): ServiceLogger

export declare const brokers: readonly string[]
export declare const logger: ServiceLogger
export declare function handle(request: IncomingMessage, response: ServerResponse): void

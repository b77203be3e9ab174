// A transport for pino's worker thread: `pino.transport({ target: '@millrace/pino/transport', options: { brokers, topic } })`.
import { Writable } from 'node:stream'
import { TopicStream, type TopicStreamOptions } from './topic-stream.ts'

/** Options of the transport: what can be handed to a worker thread. */
export interface TopicTransportOptions extends Omit<TopicStreamOptions, 'onNotice'> {
  /** How long the end of the process waits for lines to be shipped, in ms. Default 5,000. */
  readonly closeTimeoutMs?: number
}

/** What pino adds to the options of a transport. */
const ofPino: readonly string[] = ['$context', 'pinoWillSendConfig']

/**
 * Ships a logger's lines to a topic, from a thread of its own. Throws ConfigError for options that cannot be.
 *
 * @example
 * const logger = pino(pino.transport({ target: '@millrace/pino/transport', options: { brokers: ['localhost:9092'], topic: 'logs' } }))
 */
export default function topicTransport(options: TopicTransportOptions): Writable {
  const { closeTimeoutMs = 5_000, ...rest } = Object.fromEntries(
    Object.entries(options).filter(([name]) => !ofPino.includes(name)),
  ) as unknown as TopicTransportOptions
  const stream = new TopicStream(rest)
  let begun = ''
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      const lines = (begun + chunk.toString()).split('\n')
      begun = lines.pop()!
      for (const line of lines) stream.write(line)
      done()
    },
    final(done) {
      if (begun !== '') stream.write(begun)
      // It never rejects.
      void stream.close(closeTimeoutMs).finally(done)
    },
  })
}

// A program that logs by a transport in a thread of its own, and ends: `transport.ts BROKERS TOPIC COUNT`.
import { pino } from 'pino'

const [brokers = '', topic = '', count = ''] = process.argv.slice(2)
const logger = pino(
  pino.transport({ target: '@millrace/pino/transport', options: { brokers: brokers.split(','), topic } }),
)
for (let n = 0; n < Number(count); n++) logger.info({ n }, 'line')

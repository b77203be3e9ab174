// One of the processes that work on orders: node worker.ts SETTINGS, as JSON. Ends, with what it has in hand done, on SIGTERM and when its parent is gone.
import { circuitBreaker, runServices, Service } from '@millrace/service'
import { OutboxRelay } from '@millrace/stores'
import { refusing } from './database/database.ts'
import { type DatabasePlace, openDatabase } from './database/open-database.ts'
import { declarePayment } from './payment.ts'
import { PaymentProvider } from './payment-provider.ts'
import { failuresToOpen, type RetryPlan } from './retry-plan.ts'
import { declareStock } from './stock.ts'
import type { Switches } from './switches.ts'
import { lanes, namesOf, type Stage } from './topics.ts'
import { declareTotals } from './totals.ts'
import { Tally, type WorkerReport } from './worker-report.ts'

/** What a process is told. */
export interface WorkerSettings {
  readonly instance: string
  readonly brokers: readonly string[]
  /** Of the names of topics and groups. */
  readonly prefix: string
  readonly database: DatabasePlace
  readonly plan: RetryPlan
  readonly switches: Switches
}

/** After this long without a sign of life the others of a group take a process's partitions. */
const sessionTimeoutMs = 6_000
/** How soon the others hear of one that came. */
const heartbeatIntervalMs = 500
/** How long what a dead process has left open keeps readers of what is committed waiting. */
const transactionTimeoutMs = 5_000
const reportEveryMs = 250
/** How often a process looks for what is to be told; PostgreSQL tells it. */
const pollIntervalMs = 50
/** How long what a dead process was to tell waits for another one. */
const leaseMs = 3_000

const settings = JSON.parse(process.argv[2]!) as WorkerSettings
const { instance, brokers, plan } = settings
const names = namesOf(settings.prefix)
const board = { now: settings.switches }
process.on('message', message => {
  board.now = message as Switches
})

const books = await openDatabase(settings.database)
const database = refusing(books, () => board.now.databaseAway)
const tally = new Tally()
const stockBreaker = circuitBreaker({ name: 'stock', failures: failuresToOpen, openMs: plan.openMs })
const paymentBreaker = circuitBreaker({ name: 'payment', failures: failuresToOpen, openMs: plan.openMs })

const say = (level: string) => (_fields: object, message: string) => {
  console.error(`${instance} ${level}: ${message}`)
}

const logger = { debug() {}, info() {}, warn: say('warning'), error: say('error') }

function serviceOf(stage: Stage): Service {
  return new Service({
    name: names.groups[stage],
    brokers,
    clientId: instance,
    createTopics: 'all',
    // A process that dies is back in a second or two, and goes on with its partitions: they wait for a member of that name.
    consumer: { groupInstanceId: instance, sessionTimeoutMs, heartbeatIntervalMs },
    producer: { partitioner: lanes(names), transactionTimeoutMs },
    onServiceEvent: tally.hear,
    logger,
  })
}

/** Each process tells some of what stands in the outbox. */
const relay = new OutboxRelay({
  outbox: books.outbox,
  name: `${settings.prefix}relay`,
  brokers,
  clientId: instance,
  leaseMs,
  ...(settings.database.url === undefined && { pollIntervalMs }),
  producer: { partitioner: lanes(names) },
  logger,
})

const services = { stock: serviceOf('stock'), payment: serviceOf('payment'), totals: serviceOf('totals') }
declareStock(services.stock, names, { database, breaker: stockBreaker, plan })
declarePayment(services.payment, names, {
  database,
  provider: new PaymentProvider(books, board),
  breaker: paymentBreaker,
  plan,
})
declareTotals(services.totals, names, plan)

function report(): void {
  if (!process.connected) return
  const breakers = [stockBreaker, paymentBreaker].map(({ name, state }) => ({ name, state }))
  process.send!({ ...tally.counts, breakers } satisfies WorkerReport)
}

const all = [...Object.values(services), relay]
process.on('disconnect', () => {
  for (const service of all) void service.stop()
})
const reporting = setInterval(report, reportEveryMs)
try {
  await runServices(all)
} finally {
  clearInterval(reporting)
  report()
  await books.close()
}
if (process.connected) process.disconnect()

// What the authorizer and the metrics cost our broker while it takes records: with and without, in turn.
import { setInterval } from 'node:timers/promises'
import { Admin, type NewAcl, throwFirst } from '@millrace/client'
import { standardAuthorizerClass } from '../../packages/broker/src/authorizer/open-authorizer.ts'
import { type Engine, freePorts } from '../../conformance/harness/engine.ts'
import { bareSend, type Target } from '../harness/bare.ts'
import { printTable, type ResultTable, show, verdict } from '../harness/report.ts'
import { type Side, withEngine } from '../harness/sides.ts'
import { median } from '../harness/statistics.ts'
import type { Suite, SuiteOptions } from '../harness/suite.ts'
import { createTopic, deleteTopic } from '../harness/topics.ts'

const side: Side = { engine: 'millrace', sync: false }
const aclCount = 1000
const scrapeMs = 1000
const password = 'bench-secret'
/** Differences of a few percent want more than the rounds of other suites. */
const repeats = 5
const percentMax = 3

const variants = ['neither', 'ACLs', 'metrics'] as const
type Variant = (typeof variants)[number]

interface Load {
  readonly name: string
  readonly records: number
  readonly size: number
  readonly 'batch-bytes': number
}

interface Measured {
  readonly recordsPerSecond: number
  /** CPU of the broker, for a request. */
  readonly cpuMicros: number
}

const loadsOf = (smoke: boolean): Load[] => [
  { name: 'requests of 64 KB', records: smoke ? 20_000 : 2_000_000, size: 1024, 'batch-bytes': 64_000 },
  { name: 'requests of one record', records: smoke ? 2000 : 100_000, size: 100, 'batch-bytes': 1 },
]

/** ACLs of which most are somebody else's: half about the topics that are written to, half about others. */
function makeAcls(): NewAcl[] {
  const acl = (principal: string, resourceName: string): NewAcl => ({
    resourceType: 'topic',
    resourceName,
    patternType: 'prefixed',
    principal,
    host: '*',
    operation: 'all',
    permission: 'allow',
  })
  const others = Array.from({ length: aclCount - 1 }, (_, index) =>
    acl(`User:user-${index}`, index % 2 === 0 ? 'ingest' : `topic-${index}`),
  )
  return [...others, acl('User:ANONYMOUS', 'ingest')]
}

/** A broker of one variant, started; with ACLs those who log in may do everything, and others what ACLs say. */
async function withVariant<T>(
  variant: Variant,
  work: (engine: Target, metricsUrl: string) => Promise<T>,
): Promise<T> {
  const [plain, login, http] = (await freePorts(3)).map(port => `127.0.0.1:${port}`)
  const plainModule = 'org.apache.kafka.common.security.plain.PlainLoginModule required'
  const properties = {
    listeners: `PLAINTEXT://${plain},SASL_PLAINTEXT://${login}`,
    'sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': `${plainModule} user_admin="${password}";`,
    'http.listener': http!,
    ...(variant === 'ACLs' && {
      'authorizer.class.name': standardAuthorizerClass,
      'super.users': 'User:admin',
    }),
  }
  const run = async (engine: Engine) => {
    if (variant === 'ACLs') {
      const sasl = { mechanism: 'plain', username: 'admin', password } as const
      await using admin = new Admin({ brokers: [login!], sasl })
      throwFirst(await admin.createAcls(makeAcls()))
    }
    return work({ bootstrap: plain!, pid: engine.pid }, `http://${http}/metrics`)
  }
  return withEngine(side, run, properties)
}

/** Reads the page again and again until the signal ends it. */
async function scrape(url: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of setInterval(scrapeMs, undefined, { signal })) {
      const reply = await fetch(url, { signal })
      if (!reply.ok) throw new Error(`${url}: status ${reply.status}`)
      await reply.text()
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function send(target: Target, load: Load): Promise<Measured> {
  const { name: _, ...options } = load
  const topic = `ingest-${load.size}`
  await createTopic(target.bootstrap, { name: topic, partitions: 1 })
  const result = await bareSend(target, { topic, ...options })
  await deleteTopic(target.bootstrap, topic)
  return {
    recordsPerSecond: result.records / result.seconds,
    cpuMicros: (result.brokerCpuSecondsPerGigabyte * result.requestBytes) / 1000,
  }
}

/** One broker of the variant, all loads. Nothing is counted in a broker before the first scrape: only that variant has one. */
function measureVariant(variant: Variant, loads: readonly Load[]): Promise<Measured[]> {
  return withVariant(variant, async (target, metricsUrl) => {
    const ending = new AbortController()
    if (variant === 'metrics') await (await fetch(metricsUrl)).text()
    const scraping = variant === 'metrics' ? scrape(metricsUrl, ending.signal) : undefined
    try {
      const results: Measured[] = []
      for (const load of loads) results.push(await send(target, load))
      return results
    } finally {
      ending.abort()
      await scraping
    }
  })
}

/** What a variant costs in percent, by the median of rounds, each against the one without of the same round. */
function costOf(own: readonly Measured[], without: readonly Measured[]) {
  const ratios = (pick: (measured: Measured) => number) =>
    own.map((measured, round) => (pick(measured) / pick(without[round]!) - 1) * 100)
  return {
    rate: -median(ratios(measured => measured.recordsPerSecond)),
    cpu: median(ratios(measured => measured.cpuMicros)),
  }
}

async function compare({ rounds, smoke }: SuiteOptions): Promise<ResultTable> {
  const loads = loadsOf(smoke)
  const count = smoke ? 1 : rounds * repeats
  const results = new Map(variants.map(variant => [variant, loads.map((): Measured[] => [])]))
  for (let round = 0; round < count; round++) {
    // Each is first, second and last as often as the others: what the one before has left to the disk falls to each.
    for (let turn = 0; turn < variants.length; turn++) {
      const variant = variants[(round + turn) % variants.length]!
      for (const [index, measured] of (await measureVariant(variant, loads)).entries()) {
        console.log(
          `  ${variant}, round ${round + 1}, ${loads[index]!.name}: ${show(measured.recordsPerSecond)} records/s, ${show(measured.cpuMicros)} µs a request`,
        )
        results.get(variant)![index]!.push(measured)
      }
    }
  }
  const cells = loads.flatMap((load, index) =>
    variants.map(variant => {
      const own = results.get(variant)![index]!
      const cost = costOf(own, results.get('neither')![index]!)
      return { load, variant, own, cost }
    }),
  )
  return {
    title: 'cost of ACLs and metrics on ingest, sync off',
    settings:
      `1 partition, acks=all, 5 requests in flight, log.fsync=never: 1 KiB records in requests of 64 KB, and 100 B in requests of one record; ACLs: StandardAuthorizer with ${aclCount} ACLs, ` +
      `half of them about the topic; metrics: /metrics read every ${scrapeMs} ms (without it nothing is counted); ${count} rounds in turn, each a broker of its own, medians; ` +
      `cost is the median over the rounds, each against "neither" of its round; CPU is the broker's process`,
    columns: ['load', 'with', 'records/s', 'CPU µs/request', 'cost in rate %', 'cost in CPU %'],
    rows: cells.map(({ load, variant, own, cost }) => [
      load.name,
      variant,
      median(own.map(measured => measured.recordsPerSecond)),
      median(own.map(measured => measured.cpuMicros)),
      cost.rate,
      cost.cpu,
    ]),
    verdicts: cells
      .filter(({ variant }) => variant !== 'neither')
      .flatMap(({ load, variant, cost }) => [
        verdict(`${variant}, ${load.name}, cost in rate`, cost.rate, '<=', percentMax, ' %'),
        verdict(`${variant}, ${load.name}, cost in CPU`, cost.cpu, '<=', percentMax, ' %'),
      ]),
  }
}

export const costsSuite: Suite = {
  name: 'costs',
  question: 'What do ACLs and metrics cost while records are taken?',
  async run(options) {
    const table = await compare(options)
    printTable(table, options.smoke)
    return [table]
  },
}

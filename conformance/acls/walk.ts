// The rows of the broker's own walk over its table of API keys, put to both brokers: without ACLs, with each of them missing, with all.
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { apiByKey } from '@millrace/protocol/apis'
import {
  type Acl,
  aclOperations,
  aclResourceTypes,
  codeName,
} from '../../packages/broker/src/authorizer/acl.ts'
import { aclOf } from '../../packages/broker/test/authorizer/acl-text.ts'
import { group, type Row, rows, topic } from '../../packages/broker/test/authorizer/every-key-rows.ts'
import { advertisedMaxVersion } from '../../packages/broker/src/served-key.ts'
import { alice, type Party } from './parties.ts'

/** What differs from broker to broker by its nature, or whose text is the broker's own. */
const ownFields: ReadonlySet<string> = new Set(
  'clusterId host port throttleTimeMs errorMessage sessionId producerId nextProducerId topicId leaderEpoch'.split(
    ' ',
  ),
)

const textOf = ({ operation, resourceType, resourceName }: Acl): string =>
  `${codeName(aclOperations, operation)} ${codeName(aclResourceTypes, resourceType)} ${resourceName}`

/** Answers that are meant to differ: by the key, and what Apache Kafka says. */
const meant: readonly { readonly key: number; readonly theirs: RegExp; readonly why: string }[] = [
  { key: 1, theirs: /^\[0,6\]$/, why: 'a replica that there is not is no leader to it; we have no replicas' },
  { key: 3, theirs: /^\[3,0\]$/, why: 'a topic that is just made is told with the next request' },
  { key: 22, theirs: /^\[14\]$/, why: 'a new one has no producer ids at hand' },
  { key: 32, theirs: /^\[0\]$/, why: 'groups have no settings here' },
  { key: 33, theirs: /^\[40\]$/, why: 'groups have no settings here' },
  { key: 44, theirs: /^\[40\]$/, why: 'groups have no settings here' },
  { key: 50, theirs: /^"no answer"$/, why: 'who may not look at all users at once is never answered' },
]

const isMeant = (key: number, theirs: string): boolean =>
  meant.some(each => each.key === key && each.theirs.test(theirs))

const patienceMs = 60_000

/** A question to which two brokers answer differently. */
export interface Difference {
  readonly where: string
  readonly ours: string
  readonly theirs: string
}

/** A row is asked of both, and what they say is compared: whole where it is refused, by its errors where it is served. */
export async function walk(
  ours: Party,
  theirs: Party,
): Promise<{ readonly count: number; readonly differences: Difference[] }> {
  const parties = [ours, theirs]
  const topicIds = await Promise.all(parties.map(prepare))
  const differences: Difference[] = []
  let count = 0
  for (const [key, ofKey] of Object.entries(rows)) {
    const api = apiByKey(Number(key))!
    const beginMs = performance.now()
    for (const row of ofKey) {
      for (const grants of grantSets(row)) {
        await Promise.all(parties.map(party => party.grant(grants)))
        const last = row.toVersion ?? advertisedMaxVersion(api)
        for (let version = row.fromVersion ?? api.minVersion; version <= last; version++) {
          const [mine, other] = await Promise.all(
            parties.map((party, index) => party.ask(api, version, row.body(version, topicIds[index]!))),
          )
          count++
          const isServed = grants.length === row.grants.length
          const [a, b] = [mine, other].map(reply =>
            isServed && typeof reply !== 'string' ? errorsOf(reply) : comparable(reply),
          )
          if (isDeepStrictEqual(a, b) || isMeant(api.key, JSON.stringify(b))) continue
          const where = `${api.name} v${version} with ${grants.map(textOf).join(', ') || 'nothing'}`
          differences.push({ where, ours: JSON.stringify(a), theirs: JSON.stringify(b) })
        }
      }
    }
    console.log(`${api.name}: ${Math.round(performance.now() - beginMs)} ms`)
  }
  return { count, differences }
}

function aclsOf(row: Row): Acl[] {
  return row.grants.map(grant => {
    const [operation, resource, name] = grant.split(' ') as [string, string, string]
    const pattern = name.endsWith('*') ? 'PREFIXED' : 'LITERAL'
    return aclOf(`ALLOW ${operation} ${resource} ${pattern} ${name.replace('*', '')} ${alice} *`)
  })
}

/** None, all but one, all: in this order, for what is served may change what comes after. */
function grantSets(row: Row): Acl[][] {
  const all = aclsOf(row)
  const less = all.length > 1 ? all.map(left => all.filter(acl => acl !== left)) : []
  return [[], ...less, all]
}

/** The topics and the group that the rows are about. */
async function prepare(party: Party): Promise<string> {
  const topicId = await party.createTopic(topic)
  for (let version = 1; version <= 6; version++) await party.createTopic(`doomed-${version}`)
  const find = apiByKey(10)!
  const commit = apiByKey(8)!
  let reply: unknown
  for (const deadline = performance.now() + patienceMs; performance.now() < deadline; ) {
    await party.asAdmin(find, 4, { keyType: 0, coordinatorKeys: [group] })
    await party.asAdmin(find, 4, { keyType: 1, coordinatorKeys: ['tx'] })
    reply = await party.asAdmin(commit, 8, rows[8]![0]!.body(8, topicId))
    if (errorsOf(reply).every(code => code === 0)) return topicId
    await sleep(100)
  }
  throw new Error(`${party.engine.name}: the group could not commit: ${JSON.stringify(reply)}`)
}

/** Every error code of a reply, as it was found. */
function errorsOf(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(errorsOf)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([name, member]) =>
    /errorCode$/i.test(name) ? [member as number] : errorsOf(member),
  )
}

/** A reply without what is each broker's own; lists of structures in an order of ours. */
function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) {
    const items = value.map(comparable)
    return items.some(item => typeof item === 'object')
      ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, ownFields.has(name) ? '(own)' : comparable(field)]),
  )
}

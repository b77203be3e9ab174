// What both brokers are asked about quotas: entities, values and filters, good ones and bad ones.
import { AlterClientQuotasApi, DescribeClientQuotasApi } from '@millrace/protocol'
import { type Question, question } from './questions.ts'

type Entity = Readonly<Record<string, string | null>>

function alter(
  name: string,
  entity: Entity,
  ops: readonly (readonly [string, number | null])[],
  validateOnly = false,
) {
  return question(AlterClientQuotasApi, name, () => ({
    entries: [
      {
        entity: Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName })),
        ops: ops.map(([key, value]) => ({ key, value: value ?? 0, remove: value === null })),
      },
    ],
    validateOnly,
  }))
}

function describe(
  name: string,
  parts: readonly (readonly [string, number, string | null])[],
  strict = false,
) {
  return question(DescribeClientQuotasApi, name, () => ({
    components: parts.map(([entityType, matchType, match]) => ({ entityType, matchType, match })),
    strict,
  }))
}

const produce = 'producer_byte_rate'
const connect = 'connection_creation_rate'
const matchTypes = { exact: 0, default: 1, specified: 2, unknown: 3 } as const

/** Alterations come first: what is described afterwards is what they have set. */
export const quotaQuestions: readonly Question[] = [
  alter('of nobody', {}, [[produce, 1]]),
  alter('of an empty user', { user: '' }, [[produce, 1]]),
  alter('of an unknown type', { group: 'x' }, [[produce, 1]]),
  alter('of a user at an address', { user: 'a', ip: '192.0.2.1' }, [[produce, 1]]),
  alter('bytes of an address', { ip: '192.0.2.1' }, [[produce, 1]]),
  alter('of what is no address', { ip: '300.1.2.3' }, [[connect, 1]]),
  alter('a fraction of a connection', { ip: null }, [[connect, 1.5]]),
  alter('too many connections', { ip: null }, [[connect, 3e9]]),
  alter('half a byte', { user: 'a' }, [[produce, 1.5]]),
  alter('nothing', { user: 'a' }, [[produce, 0]]),
  alter('less than nothing', { user: 'a' }, [[produce, -1]]),
  alter('more than a long', { user: 'a' }, [[produce, 1e20]]),
  alter('about a whole number', { user: 'quota-a' }, [[produce, 2_000_000.000_000_1]]),
  alter('an unknown key', { user: 'a' }, [['bogus', 1]]),
  alter('an unknown key taken away', { user: 'a' }, [['bogus', null]]),
  alter('a key twice', { user: 'a' }, [
    [produce, 1],
    [produce, 2],
  ]),
  alter('good and bad together', { user: 'a' }, [
    ['request_percentage', 300],
    ['bogus', 1],
  ]),
  alter('no change', { user: 'a' }, []),
  alter('of a user', { user: 'quota-a' }, [
    ['request_percentage', 1500.5],
    ['controller_mutation_rate', 1e6],
  ]),
  alter('of a user with a client id', { user: 'quota-a', 'client-id': 'quota-c' }, [[produce, 1e9]]),
  alter('of any user with any client id', { 'client-id': null, user: null }, [['consumer_byte_rate', 1e9]]),
  alter('of an address', { ip: '192.0.2.1' }, [[connect, 1000]]),
  alter('as a trial', { user: null }, [[produce, 1]], true),
  describe('all', []),
  describe('of nothing', [], true),
  describe('of a user', [['user', matchTypes.exact, 'quota-a']]),
  describe('of a user alone', [['user', matchTypes.exact, 'quota-a']], true),
  describe('of the default user', [['user', matchTypes.default, null]]),
  describe('of any user', [['user', matchTypes.specified, null]]),
  describe(
    'of users with client ids',
    [
      ['user', matchTypes.specified, null],
      ['client-id', matchTypes.specified, null],
    ],
    true,
  ),
  describe('of addresses', [['ip', matchTypes.specified, null]]),
  describe('of an empty type', [['', matchTypes.exact, 'x']]),
  describe('of an unknown type', [['bogus', matchTypes.exact, 'x']]),
  describe('of no name', [['user', matchTypes.exact, null]]),
  describe('of the default with a name', [['user', matchTypes.default, 'x']]),
  describe('of any with a name', [['user', matchTypes.specified, 'x']]),
  describe('by an unknown match', [['user', matchTypes.unknown, null]]),
  describe('of a type twice', [
    ['user', matchTypes.exact, 'a'],
    ['user', matchTypes.exact, 'b'],
  ]),
  describe('of users at addresses', [
    ['user', matchTypes.specified, null],
    ['ip', matchTypes.specified, null],
  ]),
]

// Which quota counts for whom, and that what is remembered of clients is bounded.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quotaAccountIdleMs, quotaAccountsMax } from '../../src/limits.ts'
import type { EntityQuotas } from '../../src/metadata/client-quotas.ts'
import { QuotaAccounts } from '../../src/quotas/quota-accounts.ts'
import { QuotaLimits } from '../../src/quotas/quota-limits.ts'
import { keptBytes } from '../memory.ts'

const key = 'producer_byte_rate'

/** `user=alice client-id=*` and a limit; `*` is the default. */
function quotas(...rows: [string, number][]): EntityQuotas[] {
  return rows.map(([text, limit]) => ({
    entity: text.split(' ').map(part => {
      const [entityType = '', name = ''] = part.split('=')
      return { entityType, entityName: name === '*' ? null : name }
    }),
    values: new Map([[key, limit]]),
  }))
}

/** From the most specific to the least: the order of Kafka's documentation of quotas. */
const levels: [string, number][] = [
  ['user=alice client-id=app', 1],
  ['user=alice client-id=*', 2],
  ['user=alice', 3],
  ['user=* client-id=app', 4],
  ['user=* client-id=*', 5],
  ['user=*', 6],
  ['client-id=app', 7],
  ['client-id=*', 8],
]

test('the most specific quota counts, and each is found when those before it are not set', () => {
  for (const index of levels.keys()) {
    const limits = new QuotaLimits(quotas(...levels.slice(index)), key)
    assert.equal(limits.find('alice', 'app')?.limit, index + 1)
  }
  assert.equal(new QuotaLimits([], key).find('alice', 'app'), undefined)
})

test('who shares a quota is who the quota names', () => {
  const scope = (row: string, user: string, clientId: string) =>
    new QuotaLimits(quotas([row, 1]), key).find(user, clientId)?.scope
  assert.equal(scope('user=alice', 'alice', 'a'), scope('user=alice', 'alice', 'b'))
  assert.equal(scope('client-id=*', 'alice', 'a'), scope('client-id=*', 'bob', 'a'))
  assert.notEqual(scope('client-id=*', 'alice', 'a'), scope('client-id=*', 'alice', 'b'))
  assert.notEqual(scope('user=*', 'alice', 'a'), scope('user=*', 'bob', 'a'))
  assert.notEqual(scope('user=* client-id=*', 'alice', 'a'), scope('user=* client-id=*', 'alice', 'b'))
  assert.notEqual(scope('user=*', 'a', ''), scope('client-id=*', '', 'a'))
})

test('quotas of others and of other keys do not count, and a client without a client id has those of its user alone', () => {
  const limits = new QuotaLimits(quotas(['user=bob', 1], ['client-id=other', 2]), key)
  assert.equal(limits.find('alice', 'app'), undefined)
  assert.equal(new QuotaLimits(quotas(...levels), 'consumer_byte_rate').find('alice', 'app'), undefined)
  const all = new QuotaLimits(quotas(...levels), key)
  assert.deepEqual([all.find('alice', '')?.limit, all.find('carol', '')?.limit], [3, 6])
  assert.equal(new QuotaLimits(quotas(['client-id=*', 1]), key).find('alice', ''), undefined)
})

const client = (user: string, clientId: string | null) => ({
  clientId,
  connection: { session: { principal: `User:${user}` } },
})

test('what a client has used is remembered when its limit changes, and is its own when another quota counts for it', () => {
  const accounts = new QuotaAccounts(new QuotaLimits(quotas(['user=*', 10]), key), () => ({ used: 0 }))
  const account = accounts.find(client('alice', 'a'), 0)!
  account.usage.used = 5
  assert.equal(accounts.find(client('alice', null), 1), account)
  accounts.setLimits(new QuotaLimits(quotas(['user=*', 10], ['user=alice', 20]), key))
  assert.equal(accounts.find(client('alice', 'a'), 2), account)
  assert.deepEqual([account.limit, account.usage.used], [20, 5])
  accounts.setLimits(new QuotaLimits(quotas(['client-id=a', 20]), key))
  assert.equal(accounts.find(client('alice', 'a'), 3)?.usage.used, 0)
  accounts.setLimits(new QuotaLimits([], key))
  assert.equal(accounts.find(client('alice', 'a'), 4), undefined)
})

test('accounts of clients that come and go are bounded: the idle ones go first, then those that were used least recently', () => {
  const accounts = new QuotaAccounts(new QuotaLimits(quotas(['client-id=*', 10]), key), () => ({}))
  for (let i = 0; i < quotaAccountsMax; i++)
    accounts.find(client('alice', `old-${i}`), i < 10 ? 0 : quotaAccountIdleMs)
  const lastUsed = accounts.find(client('alice', 'old-20'), quotaAccountIdleMs + 1)
  accounts.find(client('alice', 'new'), quotaAccountIdleMs + 2)
  assert.ok(accounts.size <= quotaAccountsMax * 0.9 + 1)
  assert.equal(accounts.find(client('alice', 'old-20'), quotaAccountIdleMs + 3), lastUsed)
  for (let i = 0; i < quotaAccountsMax * 2; i++)
    accounts.find(client('alice', `more-${i}`), quotaAccountIdleMs + 4)
  assert.ok(accounts.size <= quotaAccountsMax)
})

test('client ids of any length share what they used, and do not fill the memory', () => {
  const accounts = new QuotaAccounts(new QuotaLimits(quotas(['client-id=*', 10]), key), () => ({}))
  const name = (index: number) => Buffer.from(`${index}-`.padEnd(30_000, 'x')).toString()
  const first = accounts.find(client('alice', name(0)), 0)
  assert.ok(first)
  const bytes = keptBytes(() => {
    for (let index = 0; index < 2_000; index++) accounts.find(client('alice', name(index)), 0)
    return accounts
  })
  assert.equal(accounts.size, 2_000)
  assert.equal(accounts.find(client('bob', name(0)), 1), first)
  assert.ok(bytes < 10_000_000, `${bytes} bytes`)
})

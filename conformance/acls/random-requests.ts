// Requests about ACLs drawn by a seed, several entries or filters each, some of them twice: what both brokers answer, and which ACLs there are then.
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { CreateAclsApi, DeleteAclsApi, DescribeAclsApi } from '@millrace/protocol'
import { Dice } from '../log/dice.ts'
import { alice, type Party } from './parties.ts'
import type { Difference } from './walk.ts'

const seed = 7
const rounds = 150
/** How long the authorizer may take to hear of a change, in steps of 50 ms. */
const patience = 60

const names = ['t', 'ta', 'tab', '*', '', 'u', 'kafka-cluster', 'User:bob', 'ü', 'x\0y']
const principals = [
  alice,
  'User:*',
  alice,
  'User:',
  'alice',
  '',
  ':x',
  'Group:g',
  'User:a:b',
  'user:alice',
  '*',
]
const hosts = [
  '*',
  '127.0.0.1',
  '*',
  '10.0.0.0/8',
  'localhost',
  '',
  '::1',
  '0:0:0:0:0:0:0:1',
  '10.0.0.1-10.0.0.9',
]
const every = {
  resourceTypeFilter: 1,
  resourceNameFilter: null,
  patternTypeFilter: 1,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
}

function drawCreation(dice: Dice) {
  return {
    resourceType: dice.pick([2, 2, 2, 3, 4, 5, 6, 7]),
    resourceName: dice.pick(names),
    resourcePatternType: dice.pick([3, 4]),
    principal: dice.pick(principals),
    host: dice.pick(hosts),
    operation: 2 + dice.below(14),
    permissionType: dice.pick([2, 3]),
  }
}

function drawFilter(dice: Dice) {
  const { resourceType, resourceName, principal, host, operation, permissionType } = drawCreation(dice)
  const open = <T>(value: T, whenOpen: T | null = null) => (dice.chance(0.5) ? whenOpen : value)
  return {
    resourceTypeFilter: open(resourceType, 1)!,
    resourceNameFilter: open(resourceName),
    patternTypeFilter: dice.pick([1, 2, 3, 4]),
    principalFilter: open(principal),
    hostFilter: open(host),
    operation: open(operation, 1)!,
    permissionType: open(permissionType, 1)!,
  }
}

/** One to so many, the first of them perhaps once more. */
function several<T>(dice: Dice, most: number, draw: (dice: Dice) => T): T[] {
  const items = Array.from({ length: 1 + dice.below(most) }, () => draw(dice))
  return dice.chance(0.3) ? [...items, items[0]!] : items
}

function drawRequest(dice: Dice) {
  const kind = dice.pick(['create', 'create', 'describe', 'describe', 'describe', 'delete'] as const)
  if (kind === 'create') return { api: CreateAclsApi, body: { creations: several(dice, 5, drawCreation) } }
  if (kind === 'delete') return { api: DeleteAclsApi, body: { filters: several(dice, 3, drawFilter) } }
  return { api: DescribeAclsApi, body: drawFilter(dice) }
}

/** Results stand in the order of what was asked for; the ACLs in them in none. */
function shown(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer
  const { resources, filterResults, ...rest } = answer as Record<string, unknown>
  return {
    ...rest,
    throttleTimeMs: 0,
    resources: sorted(resources),
    filterResults: (filterResults as { matchingAcls: unknown }[] | undefined)?.map(result => ({
      ...result,
      matchingAcls: sorted(result.matchingAcls),
    })),
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, sorted(field)]))
}

/** The ACLs of both, as soon as they are the same, or when that takes too long. */
async function bothStates(ours: Party, theirs: Party): Promise<readonly [unknown, unknown]> {
  const stateOf = async (party: Party) => shown(await party.asAdmin(DescribeAclsApi, 3, every))
  const mine = await stateOf(ours)
  for (let tries = 0; ; tries++) {
    const other = await stateOf(theirs)
    if (tries === patience || isDeepStrictEqual(mine, other)) return [mine, other]
    await sleep(50)
  }
}

/** Asks both the same, one request after the other. */
export async function compareRandomRequests(
  ours: Party,
  theirs: Party,
): Promise<{ readonly count: number; readonly differences: Difference[] }> {
  const dice = new Dice(seed)
  const differences: Difference[] = []
  await Promise.all([ours.grant([]), theirs.grant([])])
  for (let round = 0; round < rounds; round++) {
    const { api, body } = drawRequest(dice)
    const version = dice.pick([1, 2, 3])
    const where = `${api.name} v${version} ${JSON.stringify(body)} (round ${round} of seed ${seed})`
    const answers = await Promise.all([ours, theirs].map(party => party.asAdmin(api as never, version, body)))
    const states = await bothStates(ours, theirs)
    for (const [mine, other] of [answers.map(shown), states]) {
      if (isDeepStrictEqual(mine, other)) continue
      differences.push({ where, ours: JSON.stringify(mine), theirs: JSON.stringify(other) })
    }
  }
  return { count: rounds, differences }
}

// ACLs that cannot be, one a request, and filters with odd codes: what both brokers say to them.
import { isDeepStrictEqual } from 'node:util'
import { CreateAclsApi, DeleteAclsApi, DescribeAclsApi, ErrorCode } from '@millrace/protocol'
import { alice, type Party } from './parties.ts'
import type { Difference } from './walk.ts'

const good = {
  resourceType: 2,
  resourceName: 'created',
  resourcePatternType: 3,
  principal: alice,
  host: '*',
  operation: 3,
  permissionType: 3,
}

/** What each case changes about a good one. */
const changes: readonly Partial<typeof good>[] = [
  {},
  ...[0, 1, 2, 4, 5, 99].map(resourcePatternType => ({ resourcePatternType })),
  ...[0, 1, 4, 5, 6, 7, 8, 99].map(resourceType => ({ resourceType })),
  ...[0, 1, 2, 15, 16, 99].map(operation => ({ operation })),
  ...[0, 1, 2, 4, 99].map(permissionType => ({ permissionType })),
  ...['', 'alice', 'User:', ':alice', 'Group:a', 'User:*'].map(principal => ({ principal })),
  ...['', '10.0.0.0/8', 'no address'].map(host => ({ host })),
  ...['', '*', 'x'.repeat(300)].map(resourceName => ({ resourceName })),
  { resourceType: 4, resourceName: 'kafka-cluster' },
  { resourceType: 4, resourceName: 'kafka-cluster', resourcePatternType: 4 },
  { resourceType: 7, resourceName: 'User:bob' },
]

const filters: readonly object[] = changes.map(
  ({ resourcePatternType: patternTypeFilter, resourceType: resourceTypeFilter, ...rest }) => ({
    resourceTypeFilter: resourceTypeFilter ?? good.resourceType,
    resourceNameFilter: rest.resourceName ?? null,
    patternTypeFilter: patternTypeFilter ?? good.resourcePatternType,
    principalFilter: rest.principal ?? null,
    hostFilter: rest.host ?? null,
    operation: rest.operation ?? 1,
    permissionType: rest.permissionType ?? 1,
  }),
)

interface Question {
  readonly what: string
  readonly ask: (party: Party) => Promise<unknown>
}

const questions: readonly Question[] = [
  ...changes.map(change => ({
    what: `CreateAcls ${JSON.stringify(change)}`,
    // A good one before it: whether it comes to be is part of the answer.
    ask: async (party: Party) => {
      const creations = [
        { ...good, resourceName: 'before' },
        { ...good, ...change },
      ]
      return errorsOf(await party.asAdmin(CreateAclsApi, 3, { creations }))
    },
  })),
  ...filters.flatMap(filter => [
    {
      what: `DescribeAcls ${JSON.stringify(filter)}`,
      ask: async (party: Party) => errorsOf(await party.asAdmin(DescribeAclsApi, 3, filter)),
    },
    {
      what: `DeleteAcls ${JSON.stringify(filter)}`,
      ask: async (party: Party) => errorsOf(await party.asAdmin(DeleteAclsApi, 3, { filters: [filter] })),
    },
  ]),
]

/** Codes of the answer and of what is in it, with the message of those that are errors. */
function errorsOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { errorCode, errorMessage, results, filterResults } = value as Record<string, unknown>
  const list = (results ?? filterResults) as readonly unknown[] | undefined
  return [errorCode, errorCode === ErrorCode.NONE ? '' : errorMessage, ...(list?.map(errorsOf) ?? [])]
}

/** Answers that are meant to differ. */
const meant = [
  {
    what: /^CreateAcls \{"(resourcePatternType":[12]|(resourceType|operation|permissionType)":1)\}$/,
    theirs: /^\[null,null,\[-1,null\],\[-1,null\]\]$/,
    why: 'ANY and MATCH make the whole request fail there, with an error that says nothing',
  },
] as const

/** Asks both, one question after the other. */
export async function compareCreations(
  ours: Party,
  theirs: Party,
): Promise<{ readonly count: number; readonly differences: Difference[] }> {
  const differences: Difference[] = []
  for (const { what, ask } of questions) {
    await Promise.all([ours.grant([]), theirs.grant([])])
    const [mine, other] = await Promise.all([ask(ours), ask(theirs)])
    const said = JSON.stringify(other)
    if (isDeepStrictEqual(mine, other)) continue
    if (meant.some(each => each.what.test(what) && each.theirs.test(said))) continue
    differences.push({ where: what, ours: JSON.stringify(mine), theirs: said })
  }
  return { count: questions.length, differences }
}

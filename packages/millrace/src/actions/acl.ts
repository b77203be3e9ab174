// `millrace acl create`, `list` and `delete`: what they do.
import type { Acl, AclFilter } from '@millrace/client'
import type { Context } from '../context.ts'
import type { AclCreateOptions, AclDeleteOptions, AclListOptions } from '../options/acl.ts'
import { UsageError } from '../output/errors.ts'
import { type Column, renderTable } from '../output/table.ts'
import { printJson, printRows, tableStyle } from '../output/terminal.ts'
import { checkPrincipal, plannedAcls, plannedFilters, resourcesOf } from './acl-plan.ts'
import { confirm } from './confirm.ts'
import { withAdmin } from './connect.ts'
import { reportOutcomes } from './outcomes.ts'

/** What is told of an ACL. */
interface AclRow {
  readonly resourceType: string
  readonly resourceName: string
  readonly patternType: string
  readonly principal: string
  readonly host: string
  readonly operation: string
  readonly permission: string
}

const columns: readonly Column<AclRow>[] = [
  { title: 'RESOURCE', value: row => row.resourceType },
  { title: 'NAME', value: row => row.resourceName },
  { title: 'PATTERN', value: row => row.patternType },
  { title: 'PRINCIPAL', value: row => row.principal },
  { title: 'HOST', value: row => row.host },
  { title: 'OPERATION', value: row => row.operation },
  { title: 'PERMISSION', value: row => row.permission, isAlarming: row => row.permission === 'deny' },
]

export async function createAcls(options: AclCreateOptions, context: Context): Promise<void> {
  const patternType = options.resourcePatternType
  // The cluster has one name, which no pattern can widen.
  const acls = plannedAcls(options).map(acl =>
    acl.resourceType === 'cluster' ? acl : { ...acl, patternType },
  )
  await withAdmin(options, context, async admin => {
    const created = await admin.createAcls(acls, { signal: context.signal })
    await reportOutcomes(
      created.map(({ acl, error }) => ({ ...acl, result: 'created', error })),
      'ACL',
      columns,
      options,
      context,
    )
  })
}

export async function listAcls(options: AclListOptions, context: Context): Promise<void> {
  const patternType = options.resourcePatternType
  options.principal.forEach(checkPrincipal)
  const resources: AclFilter[] = resourcesOf(options).map(resource => ({ ...resource, patternType }))
  const filters = (resources.length > 0 ? resources : [{}]).flatMap((resource): AclFilter[] =>
    options.principal.length > 0
      ? options.principal.map(principal => ({ ...resource, principal }))
      : [resource],
  )
  await withAdmin(options, context, async admin => {
    const found = await Promise.all(
      filters.map(filter => admin.describeAcls(filter, { signal: context.signal })),
    )
    await printRows(context.terminal, unique(found.flat()), columns, options.json ?? false)
  })
}

export async function deleteAcls(options: AclDeleteOptions, context: Context): Promise<void> {
  const { signal, terminal } = context
  const patternType = options.resourcePatternType
  const filters = plannedFilters(options).map(filter => ({ ...filter, patternType }))
  const acls = await withAdmin(options, context, async admin => {
    const found = await Promise.all(filters.map(filter => admin.describeAcls(filter, { signal })))
    return unique(found.flat())
  })
  if (acls.length === 0) {
    if (options.json) await printJson(terminal, [])
    else terminal.note('no ACL is meant by that')
    return
  }
  if (!options.force) {
    for (const line of renderTable(acls, columns, tableStyle(terminal))) terminal.note(line)
    await confirm(`Delete ${acls.length === 1 ? 'this ACL' : `these ${acls.length} ACLs`}?`, context)
  }
  await withAdmin(options, context, async admin => {
    // What was shown goes, and no other that may have come since.
    const deleted = await admin.deleteAcls(acls.map(exactly), { signal })
    await reportOutcomes(
      deleted.map(({ acls: [gone], error }, index) => ({
        ...acls[index]!,
        result: gone ? 'deleted' : 'was gone',
        error: error ?? gone?.error,
      })),
      'ACL',
      columns,
      options,
      context,
    )
  })
}

/** The filter that means this ACL alone. Throws for one that this version has no word for. */
function exactly(acl: Acl): AclFilter {
  const { resourceType, patternType, operation, permission } = acl
  if (
    resourceType === 'unknown' ||
    patternType === 'unknown' ||
    operation === 'unknown' ||
    permission === 'unknown'
  ) {
    throw new UsageError('one of these ACLs is of a kind that this version does not know', 'use kafka-acls')
  }
  return { ...acl, resourceType, patternType, operation, permission }
}

function unique(acls: readonly Acl[]): Acl[] {
  return [...new Map(acls.map(acl => [JSON.stringify(acl), acl])).values()]
}

// What a decision of the authorizer costs: one that was made before, one that is made anew among few and many ACLs. `node bench/micro/authorizer.ts`
import { nodeClock } from '@millrace/runtime'
import {
  aclOperations,
  aclPatternTypes,
  aclPermissionTypes,
  aclResourceTypes,
} from '../../packages/broker/src/authorizer/acl.ts'
import { AclSet } from '../../packages/broker/src/authorizer/acl-set.ts'
import { AuditLog } from '../../packages/broker/src/authorizer/audit.ts'
import { decide } from '../../packages/broker/src/authorizer/decision.ts'
import { StandardAuthorizer } from '../../packages/broker/src/authorizer/standard-authorizer.ts'
import { BurstFilter } from '../../packages/broker/src/burst-filter.ts'
import { silentLogger } from '../../packages/broker/src/logger.ts'
import { Session } from '../../packages/broker/src/server/session.ts'

const rounds = 9
const callsPerRound = 200_000
const options = { superUsers: new Set<string>(), allowIfNoAcl: false }
/** Results go here, so that nothing measured can be left out as unused. */
let sink = 0

/** Prints the median of some rounds, in nanoseconds of processor time a call. */
function measure(name: string, call: (index: number) => boolean): void {
  const times = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage()
    for (let index = 0; index < callsPerRound; index++) sink += call(index) ? 1 : 0
    const { user, system } = process.cpuUsage(before)
    return ((user + system) * 1000) / callsPerRound
  }).sort((a, b) => a - b)
  console.log(
    `${name.padEnd(52)} ${times[rounds >> 1]!.toFixed(0).padStart(6)} ns  (${times[0]!.toFixed(0)}…${times.at(-1)!.toFixed(0)})`,
  )
}

/** A user, a topic and a prefix for each: all but two ACLs are somebody else's. */
function aclsOf(count: number): AclSet {
  const acls = new AclSet()
  for (let index = 0; index < count; index++) {
    acls.add(`id-${index}`, {
      resourceType: aclResourceTypes.TOPIC,
      resourceName: `topic-${index}`,
      patternType: index % 2 === 0 ? aclPatternTypes.LITERAL : aclPatternTypes.PREFIXED,
      principal: `User:user-${index}`,
      host: '*',
      operation: aclOperations.WRITE,
      permissionType: aclPermissionTypes.ALLOW,
    })
  }
  return acls
}

for (const count of [10, 1_000, 10_000]) {
  const acls = aclsOf(count)
  const asker = { principal: 'User:user-4', host: '127.0.0.1' }
  measure(
    `made anew, ${count} ACLs`,
    () => decide(acls, asker, aclOperations.WRITE, aclResourceTypes.TOPIC, 'topic-4', options).allowed,
  )
  const session = new Session()
  session.authenticate('User:user-4')
  const connection = { remoteAddress: '127.0.0.1', endpoint: { name: 'PLAINTEXT' }, session }
  const request = { apiKey: 0, clientId: 'bench', connection }
  const audit = new AuditLog(silentLogger, new BurstFilter(silentLogger, nodeClock), () => 0)
  const authorizer = new StandardAuthorizer(acls, options, audit)
  measure(`as the handlers ask, ${count} ACLs`, () =>
    authorizer.authorize(request, 'WRITE', 'TOPIC', 'topic-4', 'access'),
  )
}
if (sink === 0) throw new Error('nothing was allowed')

// ACLs of every kind, drawn by a seed: denials, hosts, prefixes, wildcards. What alice may do with each resource is asked over the wire of both brokers.
import { isDeepStrictEqual } from 'node:util'
import {
  DescribeGroupsApi,
  type DescribeGroupsResponse,
  ListOffsetsApi,
  type ListOffsetsResponse,
  MetadataApi,
  type MetadataResponse,
} from '@millrace/protocol'
import {
  type Acl,
  aclKey,
  aclOperations,
  aclPatternTypes,
  aclPermissionTypes,
  aclResourceTypes,
  clusterResource,
} from '../../packages/broker/src/authorizer/acl.ts'
import { Dice } from '../log/dice.ts'
import { alice, type Party } from './parties.ts'
import type { Difference } from './walk.ts'

const rounds = 60
const aclsMax = 8
const topics = ['rules', 'rules-a', 'rules-ab', 'other']
const groups = ['rules', 'rules-b', 'z']
const prefixes = ['r', 'rules', 'rules-', 'rules-a', 'rules-ab-c', 'o']
const principals = [alice, alice, 'User:*', 'User:bob']
/** Both ask from the first one. */
const hosts = ['127.0.0.1', '*', '*', '10.0.0.7']
const operations = Object.values(aclOperations).filter(code => code >= aclOperations.ALL)
/** Without them a topic is not even seen, and nothing else of it is told. */
const common = [aclOperations.ALL, aclOperations.DESCRIBE, aclOperations.READ, aclOperations.WRITE]

function drawAcl(dice: Dice): Acl {
  const { TOPIC, GROUP, CLUSTER } = aclResourceTypes
  const resourceType = dice.pick([TOPIC, TOPIC, TOPIC, GROUP, GROUP, CLUSTER])
  const isPrefix = resourceType !== CLUSTER && dice.chance(0.4)
  const names = resourceType === TOPIC ? topics : groups
  const literal = dice.chance(0.25) ? '*' : dice.pick(names)
  return {
    resourceType,
    resourceName: resourceType === CLUSTER ? clusterResource : isPrefix ? dice.pick(prefixes) : literal,
    patternType: isPrefix ? aclPatternTypes.PREFIXED : aclPatternTypes.LITERAL,
    principal: dice.pick(principals),
    host: dice.pick(hosts),
    operation: dice.pick(dice.chance(0.5) ? common : operations),
    permissionType: dice.chance(0.3) ? aclPermissionTypes.DENY : aclPermissionTypes.ALLOW,
  }
}

/** No two that are equal: brokers keep one of them. */
function drawAcls(dice: Dice): Acl[] {
  const acls = Array.from({ length: 1 + dice.below(aclsMax) }, () => drawAcl(dice))
  return [...new Map(acls.map(acl => [aclKey(acl), acl])).values()]
}

/** What alice may do, as bits, or the error that she gets instead. */
async function rightsOf(party: Party): Promise<unknown> {
  const metadata = (await party.ask(MetadataApi, 10, {
    topics: topics.map(name => ({ name })),
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: true,
    includeTopicAuthorizedOperations: true,
  })) as MetadataResponse
  const described = (await party.ask(DescribeGroupsApi, 5, {
    groups,
    includeAuthorizedOperations: true,
  })) as DescribeGroupsResponse
  const partitions = [{ partitionIndex: 0, timestamp: -1 }]
  const listed = (await party.ask(ListOffsetsApi, 7, {
    replicaId: -1,
    isolationLevel: 0,
    topics: topics.map(name => ({ name, partitions })),
  })) as ListOffsetsResponse
  return {
    cluster: metadata.clusterAuthorizedOperations,
    topics: Object.fromEntries(
      metadata.topics.map(({ name, errorCode, topicAuthorizedOperations }) => [
        name,
        [errorCode, topicAuthorizedOperations],
      ]),
    ),
    groups: Object.fromEntries(
      described.groups.map(({ groupId, errorCode, authorizedOperations }) => [
        groupId,
        [errorCode, authorizedOperations],
      ]),
    ),
    offsets: Object.fromEntries(
      listed.topics.map(({ name, partitions: [partition] }) => [name, partition!.errorCode]),
    ),
  }
}

/** Plays the rounds on both. */
export async function compareRules(
  ours: Party,
  theirs: Party,
): Promise<{ readonly count: number; readonly differences: Difference[] }> {
  const parties = [ours, theirs]
  for (const party of parties) for (const topic of topics) await party.createTopic(topic)
  const dice = new Dice(1)
  const differences: Difference[] = []
  for (let round = 0; round < rounds; round++) {
    const acls = drawAcls(dice)
    await Promise.all(parties.map(party => party.grant(acls)))
    const [mine, other] = await Promise.all(parties.map(rightsOf))
    if (isDeepStrictEqual(mine, other)) continue
    differences.push({
      where: `round ${round} with ${acls.map(aclKey).join(' ')}`,
      ours: JSON.stringify(mine),
      theirs: JSON.stringify(other),
    })
  }
  return { count: rounds * (1 + 2 * topics.length + groups.length), differences }
}

// Groups against Apache Kafka: the same conversation with both brokers, the same records on the disk, and each loads what the
// other has stored, groups that only Apache Kafka runs included. node conformance/groups.ts [class path] [--games 8] [--write]
//   class path: a folder of jars or a class path (default: the environment's KAFKA_LIBS)
//   --games: so many seeds of chance are played with both
//   --write: take what Apache Kafka says as what is expected (packages/broker/test/groups/wire.txt)
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Broker } from '@millrace/broker'
import {
  DescribeGroupsApi,
  ErrorCode,
  FindCoordinatorApi,
  JoinGroupApi,
  OffsetCommitApi,
  OffsetFetchApi,
  SyncGroupApi,
} from '@millrace/protocol'
import { subscription } from '../packages/broker/test/groups/conversation.ts'
import { replayFile } from '../packages/broker/test/groups/replay-file.ts'
import { wireChance } from '../packages/broker/test/groups/wire-chance.ts'
import { wireConversation, wireTopic } from '../packages/broker/test/groups/wire-conversation.ts'
import { TestClient } from '../packages/broker/test/test-client.ts'
import { askAboutKinds, kindsTopic, makeKinds } from './group-kinds.ts'
import { classPath, startApache } from './harness/apache-node.ts'
import { Comparisons } from './harness/comparison.ts'
import { toolJava } from './harness/java.ts'
import { run } from './harness/process.ts'

const expectedFile = fileURLToPath(new URL('../packages/broker/test/groups/wire.txt', import.meta.url))
const toolTimeoutMs = 60_000
const loadAttempts = 200
const gameSteps = 60

const { values, positionals } = parseArgs({
  options: { games: { type: 'string', default: '8' }, write: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const libs = classPath(positionals[0])
const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-groups-'))
const apacheDir = join(folder, 'apache')
const apacheData = join(apacheDir, 'data')
const ourData = join(folder, 'millrace')
const comparisons = new Comparisons()
const compare = comparisons.compare.bind(comparisons)

const startNode = () => startApache({ libs, dir: apacheDir })

async function talkTo(port: number): Promise<string> {
  const clients: TestClient[] = []
  try {
    return await wireConversation(async clientId => {
      const client = await TestClient.connect(port, clientId)
      clients.push(client)
      return client
    })
  } finally {
    for (const client of clients) await client.close()
  }
}

/** Games of chance with one broker, one after the other. */
async function playWith(port: number): Promise<string> {
  const games: string[] = []
  // A JVM that has just started takes longer to answer than the games wait: the first one only warms it up.
  await wireChance(clientId => TestClient.connect(port, clientId), 0, gameSteps)
  for (let seed = 1; seed <= Number(values.games); seed++) {
    games.push(await wireChance(clientId => TestClient.connect(port, clientId), seed, gameSteps))
  }
  return games.join('\n')
}

/** Files of `__consumer_offsets` with records in them, by partition. */
function offsetsFiles(dataDir: string): string[] {
  return readdirSync(dataDir)
    .filter(name => name.startsWith('__consumer_offsets-'))
    .sort()
    .map(name => join(dataDir, name, `${'0'.repeat(20)}.log`))
    .filter(file => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0)
}

/** The records as DumpLogSegments decodes them, without what differs from run to run. */
async function dump(dataDir: string): Promise<string> {
  const tool = [
    'org.apache.kafka.tools.DumpLogSegments',
    '--offsets-decoder',
    '--deep-iteration',
    '--print-data-log',
  ]
  const files = offsetsFiles(dataDir).join(',')
  const { stdout } = await run('java', toolJava(libs, ...tool, '--files', files), {
    logFile: join(folder, 'dump.log'),
    timeoutMs: toolTimeoutMs,
  })
  if (/isvalid: false|Error|Exception/.test(stdout)) throw new Error(`DumpLogSegments complains:\n${stdout}`)
  return stdout
    .split('\n')
    .filter(line => line.startsWith('Dumping') || line.includes(' payload: '))
    .map(line =>
      sortMembers(line)
        .replace(dataDir, '')
        .replace(/^.* key: /, 'key: ')
        .replaceAll(/(ann|bob|i1)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '$1-ID')
        .replaceAll(/"(commitTimestamp|expireTimestamp|currentStateTimestamp)":\d+/g, '"$1":TIME')
        .replace(/"topicId":"[^"]*"/, '"topicId":ID'),
    )
    .join('\n')
}

/** Apache Kafka stores members in the order of a hash table. */
function sortMembers(line: string): string {
  const [head, text] = line.split(' payload: ')
  if (text === undefined || !text.includes('"members":')) return line
  const value = JSON.parse(text) as { data: { members: { memberId: string }[] } }
  value.data.members.sort((a, b) => (a.memberId < b.memberId ? -1 : 1))
  return `${head} payload: ${JSON.stringify(value)}`
}

/** A group that is stable, with a member that will not be heard of for a while, and an offset. */
async function leaveStableGroup(port: number): Promise<void> {
  const client = await TestClient.connect(port, 'ann')
  const joined = await client.send(JoinGroupApi, 3, {
    groupId: 'handed-over',
    sessionTimeoutMs: 300_000,
    rebalanceTimeoutMs: 300_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: subscription(wireTopic) }],
  })
  const { memberId, generationId } = joined
  const assignments = [{ memberId, assignment: Buffer.from('all') }]
  await client.send(SyncGroupApi, 3, { groupId: 'handed-over', generationId, memberId, assignments })
  await client.send(OffsetCommitApi, 8, {
    groupId: 'handed-over',
    generationIdOrMemberEpoch: generationId,
    memberId,
    topics: [
      {
        name: wireTopic,
        partitions: [{ partitionIndex: 1, committedOffset: 77, committedMetadata: 'kept' }],
      },
    ],
  })
  await client.close()
}

/** What a broker knows of that group, once it has loaded it. */
async function describeStableGroup(port: number): Promise<string> {
  const client = await TestClient.connect(port, 'ann')
  try {
    for (let attempt = 0; attempt < loadAttempts; attempt++) {
      const described = await client.send(DescribeGroupsApi, 5, { groups: ['handed-over'] })
      const fetched = await client.send(OffsetFetchApi, 7, { groupId: 'handed-over', topics: null })
      const { errorCode, groupState, protocolData, members } = described.groups[0]!
      if (errorCode === ErrorCode.NONE && fetched.errorCode === ErrorCode.NONE) {
        const { memberAssignment, clientHost } = members[0] ?? {}
        const offset = fetched.topics[0]?.partitions[0]
        return `${groupState} ${protocolData} ${memberAssignment?.toString()} ${clientHost} ${offset?.committedOffset} ${offset?.metadata}`
      }
      await sleep(100)
    }
    throw new Error('the group is not loaded')
  } finally {
    await client.close()
  }
}

/** Puts the records of groups of one broker in the place of the other's, which keeps its topic; indexes are made anew. */
function handOver(from: string, to: string): void {
  for (const name of readdirSync(to).filter(each => each.startsWith('__consumer_offsets-'))) {
    for (const file of readdirSync(join(to, name))) {
      if (file !== 'partition.metadata') rmSync(join(to, name, file))
    }
    const segment = `${'0'.repeat(20)}.log`
    // A partition that nothing was written to has no files.
    const given = join(from, name, segment)
    if (existsSync(given)) copyFileSync(given, join(to, name, segment))
  }
  for (const file of readdirSync(to)) {
    if (/-checkpoint$|^\.kafka_cleanshutdown$/.test(file)) rmSync(join(to, file))
  }
}

async function withClient<T>(port: number, use: (client: TestClient) => Promise<T>): Promise<T> {
  const client = await TestClient.connect(port, 'ann')
  try {
    return await use(client)
  } finally {
    await client.close()
  }
}

/** What both say of groups that only Apache Kafka runs, over the same records. */
async function compareKinds(): Promise<void> {
  const maker = await startNode()
  await withClient(maker.port, makeKinds)
  await maker.stop()
  const dataDir = join(folder, 'kinds')
  const first = await Broker.start({ port: 0, dataDir, topics: [{ name: kindsTopic, partitions: 2 }] })
  await withClient(first.port, client =>
    client.send(FindCoordinatorApi, 4, { keyType: 0, coordinatorKeys: ['any'] }),
  )
  await first.close()
  handOver(apacheData, dataDir)
  const broker = await Broker.start({ port: 0, dataDir })
  const ours = await withClient(broker.port, askAboutKinds)
  await broker.close()
  const apache = await startNode()
  const theirs = await withClient(apache.port, askAboutKinds)
  await apache.stop()
  compare('what Millrace says of groups that only Apache Kafka runs, and what that says', ours, theirs)
}

async function main(): Promise<void> {
  const apache = await startNode()
  const theirs = await talkTo(apache.port)
  await apache.stop()
  if (values.write) writeFileSync(expectedFile, theirs)
  compare('what Apache Kafka says, and what is expected', theirs, readFileSync(expectedFile, 'utf8'))

  const broker = await Broker.start({ port: 0, dataDir: ourData })
  compare('what Millrace says, and what Apache Kafka says', await talkTo(broker.port), theirs)
  await broker.close()
  const theirDump = await dump(apacheData)
  compare('records that Millrace stores, and those of Apache Kafka', await dump(ourData), theirDump)

  const loaded = (await Promise.all(offsetsFiles(apacheData).map(replayFile))).join('')
  const ours = (await Promise.all(offsetsFiles(ourData).map(replayFile))).join('')
  compare(
    'what Millrace loads from Apache Kafka’s files, and from its own',
    anonymous(loaded),
    anonymous(ours),
  )

  const again = await Broker.start({ port: 0, dataDir: ourData })
  await leaveStableGroup(again.port)
  const expected = await describeStableGroup(again.port)
  await again.close()
  handOver(ourData, apacheData)
  const heir = await startNode()
  const known = await describeStableGroup(heir.port)
  const theirGames = await playWith(heir.port)
  await heir.stop()
  const player = await Broker.start({ port: 0, topics: [{ name: wireTopic, partitions: 2 }] })
  const ourGames = await playWith(player.port)
  await player.close()
  compare('what Apache Kafka knows of a group that Millrace has stored', known, expected)
  compare('games of chance with Millrace, and with Apache Kafka', ourGames, theirGames)
  await compareKinds()
}

function anonymous(text: string): string {
  return text
    .replaceAll(/-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '-ID')
    .replaceAll(/[\w-]{22}/g, 'UUID')
}

await main()
const { failed } = comparisons
if (failed === 0) rmSync(folder, { recursive: true, force: true })
else console.log(`files: ${folder}`)
console.log(failed === 0 ? 'groups are as in Apache Kafka' : `${failed} differ`)
process.exit(failed === 0 ? 0 : 1)

// Compares the settings of our broker with Apache Kafka's: name, type, default, what can be changed while it runs, for one broker and for all.
// `node conformance/configs.ts [--libs FOLDER]`; the folder holds Apache Kafka's jars. What differs and is not meant to is a failure.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ApacheKafka } from './harness/apache-kafka.ts'
import type { Engine } from './harness/engine.ts'
import { Millrace } from './harness/millrace.ts'
import { toolJava } from './harness/java.ts'
import { conformanceDir } from './harness/paths.ts'
import { run } from './harness/process.ts'
import { libsFolder } from './protocol/libs.ts'

/** Names and values beside the settings' own, tried on both. */
const attempts = [
  'cleanup.policy=compact',
  'my.custom.property=x',
  'retention.ms=5',
  'zookeeper.connect=x',
  'super.users=User:a',
  'num.io.threads=abc',
  'log.cleaner.threads=2',
  'message.max.bytes=-5',
  'message.max.bytes=abc',
  'compression.type=foo',
  'compression.gzip.level=77',
  'log.retention.ms=1.5',
  'log.cleaner.min.cleanable.ratio=2',
  'log.cleanup.policy=foo',
  'unclean.leader.election.enable=maybe',
  'listener.name.foo.ssl.keystore.location=/x',
]

/** Differences that are meant, by name, and why. */
const meant: Readonly<Record<string, string>> = {
  'allow.everyone.if.no.acl.found': 'listed, and fixed at the start',
  'authorizer.audit.allowed.ratio': 'a setting of this broker',
  'super.users': 'listed, and fixed at the start',
  'super.users=User:a': 'fixed at the start: there it may be set while the broker runs, without effect',
  'advertised.listeners': 'empty by default, which means the same as unset',
  'http.listener': 'a setting of this broker',
  'group.initial.rebalance.delay.ms': '0 by default: the first poll of a test does not wait three seconds',
  'listener.security.protocol.map': 'listeners are bound once, at the start; the default is in another order',
  listeners: 'the default is the loopback interface; listeners are bound once, at the start',
  'log.dir': 'one path, not a list; a temporary directory by default',
  'log.dirs': 'a temporary directory by default',
  'log.fsync': 'a setting of this broker',
  'min.insync.replicas': 'Apache Kafka refuses it for its eligible leader replicas, which one node has not',
  'node.id': '1 by default',
  'offsets.topic.replication.factor': '1 by default: one node holds one replica',
  'queued.max.request.bytes': 'limited by default',
  'request.log.slow.ms': 'a setting of this broker',
  'socket.listen.backlog.size': "Node's default",
  'transaction.state.log.min.isr': '1 by default: one node is in sync with itself',
  'transaction.state.log.replication.factor': '1 by default: one node holds one replica',
  'ssl.engine.factory.class': 'classes of Java are not looked for',
}

type Settings = ReadonlyMap<string, string>

/** While Java asks, the lines of the broker are read: it would stand still otherwise. */
async function settingsOf(libs: string, bootstrap: string, dir: string): Promise<Settings> {
  const program = join(conformanceDir, 'java', 'BrokerConfigs.java')
  const { stdout } = await run('java', toolJava(join(libs, '*'), program, bootstrap, ...attempts), {
    logFile: join(dir, 'asked.log'),
    timeoutMs: 120_000,
  })
  const lines = stdout.trim().split('\n')
  return new Map(lines.map(line => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]))
}

/** Asks a broker that lives as long as that takes. */
async function askedOf(
  { create }: { readonly create: (options: { readonly dir: string }) => Promise<Engine> },
  libs: string,
): Promise<Settings> {
  const dir = mkdtempSync(join(tmpdir(), 'millrace-configs-'))
  const engine = await create({ dir })
  try {
    await engine.start()
    return await settingsOf(libs, engine.bootstrap, dir)
  } finally {
    await engine.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

const { values } = parseArgs({ options: { libs: { type: 'string' } } })
const libs = await libsFolder(values.libs)
const theirs = await askedOf({ create: options => ApacheKafka.create(options) }, libs)
const ours = await askedOf({ create: options => Millrace.create(options) }, libs)
const problems: string[] = []
for (const name of new Set([...theirs.keys(), ...ours.keys()])) {
  if (theirs.get(name) === ours.get(name) || name in meant) continue
  problems.push(
    `${name}: Apache Kafka ${theirs.get(name) ?? 'has none'}; ours ${ours.get(name) ?? 'has none'}`,
  )
}
for (const problem of problems) console.error(`DRIFT ${problem}`)
console.log(`${theirs.size} settings and attempts compared, ${problems.length} differ`)
for (const [name, why] of Object.entries(meant)) console.log(`  meant: ${name}: ${why}`)
process.exitCode = problems.length === 0 ? 0 : 1

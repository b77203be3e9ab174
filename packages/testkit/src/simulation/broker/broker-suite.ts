// The whole product in one simulated room: a real broker, real and hand-made clients, faults, and the checks over what they saw.
import { SimWorld } from '../../sim/index.ts'
import type { FoundRecord, PartitionName } from '../history.ts'
import { checkPartitionDirectory } from '../partition-directory.ts'
import type { RunFigures, Suite, SuiteOptions } from '../suite.ts'
import { Violation } from '../violation.ts'
import { ClientCopiers, copiesOf } from './client-copiers.ts'
import { ClientGroup } from './client-group.ts'
import { ClientProducer } from './client-producer.ts'
import { ClientTransactor } from './client-transactor.ts'
import { setTransactionVersion } from './feature-level.ts'
import { runFaults } from './faults.ts'
import { Machine } from './machine.ts'
import { RawCommitter } from './raw-committer.ts'
import { ProducerIds, RawProducer } from './raw-producer.ts'
import { RawReader } from './raw-reader.ts'
import type { ReadingClients } from './reading-clients.ts'
import { Run } from './run.ts'
import { drawScenario } from './scenario.ts'
import { TopicChurn } from './topic-churn.ts'
import { TransactionalProducer } from './transactional-producer.ts'

export const brokerSuite: Suite = { name: 'broker', run: simulateBroker }

async function simulateBroker({ seed, trace, mutation }: SuiteOptions): Promise<RunFigures> {
  const scenario = drawScenario(seed)
  const world = new SimWorld({ seed, trace, network: scenario.network })
  const run = new Run(world, scenario, mutation)
  const machine = new Machine(run)
  if (mutation === 'datasync-lies') machine.disk.profile.datasync = 'lies'
  if (mutation === 'datasync-early') machine.disk.profile.datasync = 'early'
  let outcome: { readonly error?: unknown } | undefined
  play(run, machine).then(
    () => {
      outcome = {}
    },
    (error: unknown) => {
      outcome = { error }
    },
  )
  const over = () => outcome !== undefined || run.failure !== undefined || world.uncaught.length > 0
  await world.scheduler.run(over, { eventsMax: 3_000_000, durationMaxMs: 3_600_000 })
  const uncaught = world.uncaught[0]
  if (uncaught)
    throw new Violation('no process dies of an exception', uncaught.message, { cause: uncaught.cause })
  if (run.failure) throw run.failure
  if (outcome && 'error' in outcome) throw outcome.error
  return { ...run.figures, events: world.scheduler.eventCount }
}

/** Act one: everything at once, under faults. Act two: peace, everybody finishes. Act three: the final checks. */
async function play(run: Run, machine: Machine): Promise<void> {
  await machine.start()
  const churn = new TopicChurn(run)
  const readingClients = await prepare(run, churn)
  run.ready = true
  const producers = startProducers(run)
  const readers = startReaders(run, machine, churn)
  const clients = readingClients.map(client => run.actor(client.start()))
  await Promise.all([runFaults(run, machine), ...clients, ...producers])
  run.note('all producers have finished')
  run.drained = true
  await Promise.all(readers)
  churn.close()
  const committed = await checkCommitted(run)
  const contents = await checkContent(run)
  for (const client of readingClients) await client.finish({ committed, contents })
  await machine.stop()
  checkFiles(run, machine)
  await machine.start()
  await checkCommitted(run)
  await checkContent(run)
  await machine.stop()
}

/** Clients of the product that read what producers write, and must have read it all in the end. */
async function prepare(run: Run, churn: TopicChurn): Promise<ReadingClients[]> {
  const { topics, segmentBytes, transactionVersion, groupMembers, copiers } = run.scenario
  const all = copiers > 0 ? [...topics, copiesOf(topics)] : topics
  await churn.prepare(all, { 'segment.bytes': String(segmentBytes) })
  if (transactionVersion === 1) await setTransactionVersion(run, transactionVersion)
  return [
    ...(groupMembers > 0 ? [new ClientGroup(run, 'group')] : []),
    ...(copiers > 0 ? [new ClientCopiers(run)] : []),
  ]
}

function startProducers(run: Run): Promise<void>[] {
  const { rawProducers, idempotentProducers, plainProducers, transactionalProducers, transactors } =
    run.scenario
  const ids = new ProducerIds()
  const started: Promise<void>[] = []
  for (let index = 0; index < rawProducers; index++) {
    started.push(run.actor(new RawProducer(run, `raw-producer-${index}`, ids).start()))
  }
  for (let index = 0; index < idempotentProducers; index++) {
    started.push(run.actor(new ClientProducer(run, `producer-${index}`, 'idempotent').start()))
  }
  for (let index = 0; index < plainProducers; index++) {
    started.push(run.actor(new ClientProducer(run, `plain-producer-${index}`, 'plain').start()))
  }
  for (let index = 0; index < transactionalProducers; index++) {
    started.push(run.actor(new TransactionalProducer(run, `transactional-producer-${index}`).start()))
  }
  for (let index = 0; index < transactors; index++) {
    started.push(run.actor(new ClientTransactor(run, `transactor-${index}`).start()))
  }
  return started
}

function startReaders(run: Run, machine: Machine, churn: TopicChurn): Promise<void>[] {
  const incarnation = () => machine.incarnation
  const readers = run.partitions.map((partition, index) =>
    run.actor(new RawReader(run, `reader-${index}`, partition).follow(incarnation)),
  )
  if (run.scenario.transactionalProducers + run.scenario.transactors > 0) {
    for (const [index, partition] of run.partitions.entries()) {
      const reader = new RawReader(run, `committed-reader-${index}`, partition, true)
      readers.push(run.actor(reader.follow(incarnation)))
    }
  }
  for (let index = 0; index < run.scenario.committers; index++) {
    readers.push(run.actor(new RawCommitter(run, `committer-${index}`).start()))
  }
  if (run.scenario.churnsTopics) readers.push(run.actor(churn.start()))
  return readers
}

/** Reads what is committed of every partition, once all transactions are over; returns what there is. */
async function checkCommitted(run: Run): Promise<Map<PartitionName, readonly FoundRecord[]>> {
  const contents = new Map<PartitionName, readonly FoundRecord[]>()
  for (const [index, partition] of run.partitions.entries()) {
    const reader = new RawReader(run, `final-committed-reader-${index}`, partition, true)
    contents.set(partition, (await reader.readAll()).records)
  }
  run.transactions.checkFinal(contents)
  return contents
}

/** Reads every partition from start to end and holds it against the history; returns what there is. */
async function checkContent(run: Run): Promise<Map<PartitionName, readonly FoundRecord[]>> {
  const contents = new Map<PartitionName, readonly FoundRecord[]>()
  for (const [index, partition] of run.partitions.entries()) {
    const { records, endOffset } = await new RawReader(run, `final-reader-${index}`, partition).readAll()
    run.records.checkFinal(partition, records, endOffset, run.retried)
    contents.set(partition, records)
  }
  return contents
}

/** After a clean stop only Kafka's layout is left, and every partition of it is sound. */
function checkFiles(run: Run, machine: Machine): void {
  const directories = new Map<string, Map<string, Buffer>>()
  const top: string[] = []
  for (const [path, bytes] of machine.files()) {
    const slash = path.indexOf('/')
    if (slash < 0) {
      top.push(path)
      continue
    }
    const directory = path.slice(0, slash)
    const files = directories.get(directory) ?? new Map<string, Buffer>()
    files.set(path.slice(slash + 1), bytes)
    directories.set(directory, files)
  }
  if (!top.includes('.kafka_cleanshutdown')) {
    throw new Violation(
      'the log directory is sound',
      `no .kafka_cleanshutdown after a clean stop: ${top.join(', ')}`,
    )
  }
  for (const [directory, files] of directories) {
    if (!/-\d+$/.test(directory)) continue
    const { batches } = checkPartitionDirectory(directory, files)
    run.count('batches checked on disk', batches)
  }
}

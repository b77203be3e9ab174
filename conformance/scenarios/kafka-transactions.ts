// Apache Kafka's tools for transactions and features, and a copier whose broker is killed.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { programLibs } from '../harness/install.ts'
import { toolJava } from '../harness/java.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

const transactions = async (stage: Stage, args: string) =>
  (await stage.kafka('TransactionsCommand', args)).stdout
const features = async (stage: Stage, args: string, codes = [0]) =>
  (await stage.kafka('FeatureCommand', args, { codes })).stdout

/** How much has been copied, in percent; 0 before there is a file. */
function progressOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

/** The copier's records and offsets are one transaction each; it is killed the ground under twice. */
async function copyUnderKills(stage: Stage): Promise<void> {
  const progress = join(stage.dir, 'progress')
  const copier = stage.program('transaction-copier', 'java', toolJava(programLibs, 'TransactionCopier'), {
    env: { PROGRESS: progress },
    timeoutMs: 200_000,
  })
  const kills = (async () => {
    for (const percent of [25, 60]) {
      const deadline = Date.now() + 90_000
      while (progressOf(progress) < percent && Date.now() < deadline) await sleep(10)
      await stage.engine.kill9()
      await stage.engine.start()
    }
  })()
  await Promise.all([copier, kills])
}

async function transactionTool(stage: Stage): Promise<void> {
  assert.match(await transactions(stage, 'list'), /killed-input-copier\s+1\s+\d+\s+CompleteCommit/)
  assert.doesNotMatch(await transactions(stage, 'list --transactional-id-pattern none.*'), /killed-input/)
  const described = await transactions(stage, 'describe --transactional-id killed-input-copier')
  assert.match(described, /^1\s+killed-input-copier\s+\d+\s+\d+\s+CompleteCommit\s+60000\s/m)
  const producers = await transactions(stage, 'describe-producers --topic killed-output --partition 0')
  assert.match(producers, /^\d+\s+\d+\s+\d+\s+-?\d+\s+\d+\s+None/m)
  const hanging = await transactions(stage, 'find-hanging --broker-id 1')
  assert.doesNotMatch(hanging, /killed-/)
  await transactions(stage, 'forceTerminateTransaction --transactionalId killed-input-copier')
}

async function featureTool(stage: Stage): Promise<void> {
  const level = async () =>
    /Feature: transaction\.version.*FinalizedVersionLevel: (\d+)/.exec(await features(stage, 'describe'))?.[1]
  assert.equal(await level(), '2')
  assert.match(await features(stage, 'downgrade --feature transaction.version=1'), /was downgraded to 1/)
  assert.equal(await level(), '1')
  const refused = await features(stage, 'upgrade --feature transaction.version=3', [1])
  assert.match(refused, /only supports versions 0-2/)
  assert.match(await features(stage, 'upgrade --feature transaction.version=2'), /was upgraded to 2/)
}

export const kafkaTransactions: Scenario = {
  name: 'kafka-transactions',
  title: "Java's transactional copier over kill -9, kafka-transactions, kafka-features",
  needs: ['java'],
  ownEngine: true,
  async run(stage) {
    stage.engine = await stage.newEngine()
    await stage.engine.start()
    await copyUnderKills(stage)
    await stage.check('kafka-transactions lists, describes, finds what hangs, and ends', () =>
      transactionTool(stage),
    )
    await stage.check('kafka-features shows, lowers and raises', () => featureTool(stage))
  },
}

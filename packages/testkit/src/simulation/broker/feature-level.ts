// Sets the version of transactions that the cluster of a simulation speaks, by hand.
import { UpdateFeaturesApi } from '@millrace/protocol'
import { RawClient } from '../raw-client.ts'
import { passes, untilAnswered } from './attempts.ts'
import { brokerPort, type Run } from './run.ts'

const updateVersion = 1
/** A downgrade that loses nothing; without effect where the level is that already. */
const safeDowngrade = 2

export async function setTransactionVersion(run: Run, level: number): Promise<void> {
  const client = new RawClient(run.director, 'feature-level', () => brokerPort)
  const feature = { feature: 'transaction.version', maxVersionLevel: level, upgradeType: safeDowngrade }
  const what = `UpdateFeatures transaction.version=${level}`
  await untilAnswered(run.director, what, async () => {
    const body = { featureUpdates: [feature], validateOnly: false }
    const { errorCode } = await client.request(UpdateFeaturesApi, body, updateVersion)
    return passes(errorCode, what) || undefined
  })
  client.close()
}

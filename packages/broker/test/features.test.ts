// Feature levels: what is raised at a start, what UpdateFeatures takes, what a directory may ask for.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ApiVersionsApi, batches, crc32c, ErrorCode, UpdateFeaturesApi } from '@millrace/protocol'
import { ApiError } from '../src/api-error.ts'
import {
  type Feature,
  featuresToRaise,
  featureUpdateRecords,
  FinalizedFeatures,
  unsupportedFeature,
  upgradeTypes,
} from '../src/metadata/features.ts'
import { MetadataImage } from '../src/metadata/image.ts'
import { RunningBroker } from '../src/running-broker.ts'
import { connect, LineCollector, startBroker, temporaryDirectory } from './broker-fixture.ts'

const { UPGRADE, SAFE_DOWNGRADE, UNSAFE_DOWNGRADE } = upgradeTypes

/** What a later version may know. */
const table: readonly Feature[] = [
  { name: 'metadata.version', min: 7, max: 30, level: 30, downgrade: 'refused' },
  { name: 'transaction.version', min: 0, max: 2, level: 2, downgrade: 'possible' },
]

function finalized(levels: Readonly<Record<string, number | readonly number[]>>): FinalizedFeatures {
  const features = new FinalizedFeatures()
  for (const [name, history] of Object.entries(levels)) {
    for (const level of [history].flat()) features.set(name, level)
  }
  return features
}

const raised = (features: FinalizedFeatures) =>
  featuresToRaise(features, table).map(({ name, level }) => `${name}=${level}`)

test('a start raises what is new or was left lower by an older version, not what somebody took back', () => {
  assert.deepEqual(raised(finalized({})), ['metadata.version=30', 'transaction.version=2'])
  assert.deepEqual(raised(finalized({ 'metadata.version': 30 })), ['transaction.version=2'])
  assert.deepEqual(raised(finalized({ 'metadata.version': 25, 'transaction.version': 2 })), [
    'metadata.version=30',
  ])
  assert.deepEqual(raised(finalized({ 'metadata.version': 30, 'transaction.version': 1 })), [
    'transaction.version=2',
  ])
  assert.deepEqual(raised(finalized({ 'metadata.version': 30, 'transaction.version': [2, 1] })), [])
  assert.deepEqual(raised(finalized({ 'metadata.version': 30, 'transaction.version': [2, 0] })), [])
})

test('a snapshot remembers that a feature was taken back', () => {
  const image = new MetadataImage()
  for (const level of [2, 0]) image.apply({ type: 'featureLevel', name: 'transaction.version', level })
  const copy = new MetadataImage()
  for (const record of image.records()) copy.apply(record)
  assert.deepEqual([...copy.features.levels], [])
  assert.equal(copy.features.highest('transaction.version'), 2)
})

test('data whose features this version does not have are not served', () => {
  assert.equal(unsupportedFeature(finalized({ 'metadata.version': 30 }), table), undefined)
  assert.equal(unsupportedFeature(finalized({ 'share.version': [1, 0] }), table), undefined)
  assert.match(unsupportedFeature(finalized({ 'share.version': 1 }), table)!, /share.version is at level 1/)
  assert.match(unsupportedFeature(finalized({ 'metadata.version': 31 }), table)!, /knows 7 to 30/)
})

// Answers of Apache Kafka 4.3.1, whose levels are those of `table` and more.
const updates: readonly (readonly [string, string, number, number, RegExp | undefined])[] = [
  ['the same', 'metadata.version', 30, UPGRADE, undefined],
  ['the same as a downgrade', 'metadata.version', 30, UNSAFE_DOWNGRADE, undefined],
  ['one too high', 'metadata.version', 31, UPGRADE, /only supports versions 7-30$/],
  ['one too low', 'metadata.version', 6, UNSAFE_DOWNGRADE, /only supports versions 7-30$/],
  ['nothing', 'metadata.version', 0, UPGRADE, /only supports versions 7-30$/],
  ['below nothing', 'metadata.version', -1, UPGRADE, /A feature version cannot be less than 0.$/],
  [
    'lower, called an upgrade',
    'metadata.version',
    29,
    UPGRADE,
    /Can't downgrade the version of this feature without/,
  ],
  [
    'lower, safely',
    'metadata.version',
    29,
    SAFE_DOWNGRADE,
    /Unsupported metadata.version downgrade from 30 to 29. Refusing/,
  ],
  [
    'lower, unsafely',
    'metadata.version',
    29,
    UNSAFE_DOWNGRADE,
    /from 30 to 29. Unsafe metadata downgrade is not supported/,
  ],
  ['a feature that can be taken back', 'transaction.version', 1, SAFE_DOWNGRADE, undefined],
  ['one that can be switched off', 'transaction.version', 0, UNSAFE_DOWNGRADE, undefined],
  ['off, called an upgrade', 'transaction.version', 0, UPGRADE, /Can't downgrade/],
  [
    'an unknown feature',
    'no.such',
    1,
    UPGRADE,
    /feature no.such. Local controller 1 does not support this feature.$/,
  ],
  ['an unknown feature off', 'no.such', 0, SAFE_DOWNGRADE, /Feature no.such not found.$/],
  ['no kind of upgrade', 'metadata.version', 30, 0, /does not support the given upgrade type.$/],
  [
    'no kind of upgrade that there is',
    'metadata.version',
    30,
    9,
    /does not support the given upgrade type.$/,
  ],
]

for (const [what, name, level, upgradeType, refusal] of updates) {
  test(`UpdateFeatures by Kafka's rules: ${what}`, () => {
    const current = finalized({ 'metadata.version': 30, 'transaction.version': 2 })
    const update = () => featureUpdateRecords(current, [{ name, level, upgradeType }], 1, table)
    if (refusal) {
      assert.throws(
        update,
        (error: ApiError) => error.code === ErrorCode.INVALID_UPDATE_VERSION && refusal.test(error.message),
      )
    } else {
      const expected =
        level === (current.levels.get(name) ?? 0) ? [] : [{ type: 'featureLevel', name, level }]
      assert.deepEqual(update(), expected)
    }
  })
}

const software = { clientSoftwareName: 'test', clientSoftwareVersion: '1' }

test('UpdateFeatures is served: all updates or none, tried or done, with a result each up to version 1', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const same = { feature: 'metadata.version', maxVersionLevel: 30 }
  const done = await client.send(UpdateFeaturesApi, 1, { featureUpdates: [same], validateOnly: false })
  assert.deepEqual(
    [done.errorCode, done.results],
    [0, [{ feature: 'metadata.version', errorCode: 0, errorMessage: 'NONE' }]],
  )
  const refused = await client.send(UpdateFeaturesApi, 2, {
    featureUpdates: [same, { feature: 'no.such', maxVersionLevel: 1 }],
    validateOnly: true,
  })
  assert.equal(refused.errorCode, ErrorCode.INVALID_UPDATE_VERSION)
  assert.match(
    refused.errorMessage!,
    /^The update failed for all features since the following feature had an error: /,
  )
  const { finalizedFeatures } = await client.send(ApiVersionsApi, 4, software)
  assert.deepEqual(finalizedFeatures, [
    { name: 'metadata.version', minVersionLevel: 30, maxVersionLevel: 30 },
    { name: 'transaction.version', minVersionLevel: 2, maxVersionLevel: 2 },
  ])
})

test('transactions can be taken back to version 1, and a restart leaves that as it is', async t => {
  const dataDir = temporaryDirectory(t)
  const broker = await startBroker(t, { dataDir })
  const client = await connect(t, broker)
  const featureUpdates = [
    { feature: 'transaction.version', maxVersionLevel: 1, upgradeType: upgradeTypes.SAFE_DOWNGRADE },
  ]
  const done = await client.send(UpdateFeaturesApi, 2, { featureUpdates, validateOnly: false })
  assert.equal(done.errorCode, ErrorCode.NONE)
  await broker.close()
  const again = await startBroker(t, { dataDir })
  assert.equal(again.metadata.image.features.levels.get('transaction.version'), 1)
  // Clients older than ApiVersions 4 take a feature that may be off for malformed.
  const old = await (await connect(t, again)).send(ApiVersionsApi, 3, software)
  assert.deepEqual(
    old.supportedFeatures.map(({ name }) => name),
    ['metadata.version'],
  )
})

/** The metadata log of a directory as a version would have left it that stopped at a lower level. */
function lowerMetadataVersion(dataDir: string, level: number): void {
  const directory = join(dataDir, '__cluster_metadata-0')
  const file = join(directory, readdirSync(directory).find(name => name.endsWith('.log'))!)
  const bytes = readFileSync(file)
  for (const header of batches(bytes)) {
    const batch = header.buffer.subarray(header.start, header.end)
    const at = batch.indexOf('metadata.version')
    if (at < 0) continue
    batch.writeInt16BE(level, at + 'metadata.version'.length)
    batch.writeUInt32BE(crc32c(batch.subarray(21)), 17)
  }
  writeFileSync(file, bytes)
}

test('a directory of an older version is raised at the start, which says so', async t => {
  const dataDir = temporaryDirectory(t)
  const first = new LineCollector()
  await (await RunningBroker.start({ port: 0, dataDir, logger: first })).close()
  assert.ok(!first.events().includes('feature.raised'), 'a new directory is not raised')
  lowerMetadataVersion(dataDir, 25)
  const logger = new LineCollector()
  const broker = await startBroker(t, { dataDir, logger })
  assert.equal(broker.metadata.image.features.levels.get('metadata.version'), 30)
  await broker.close()
  assert.deepEqual(
    logger.lines.filter(({ event }) => event === 'feature.raised').map(({ fields }) => fields),
    [{ feature: 'metadata.version', from: 25, to: 30 }],
  )
})

test('a directory of a newer version is refused and stays as it is', async t => {
  const dataDir = temporaryDirectory(t)
  const broker = await RunningBroker.start({ port: 0, dataDir })
  const records = [{ type: 'featureLevel', name: 'share.version', level: 1 } as const]
  await broker.metadata.change(() => ({ records, result: undefined }))
  await broker.close()
  await assert.rejects(RunningBroker.start({ port: 0, dataDir }), (error: Error) => {
    assert.equal(error.name, 'DirectoryFormatError')
    assert.match(error.message, /written by a newer version: the feature share.version is at level 1/)
    return true
  })
})

// The way of `validate.ts` for batches that would keep the event loop too long: unpacked and packed on the thread pool, walked in slices.
import {
  BatchHeader,
  batchLayout,
  checkProducedHeader,
  codecs,
  crc32c,
  decompressRecordsAsync,
  RecordChecks,
  type RecordFindings,
  repackBatch,
  verifyBatchCrc,
  zstdFrameCount,
} from '@millrace/protocol'
import { checkStepBytes, checkStepRecords } from '../limits.ts'
import type { Slices } from '../slices.ts'
import {
  asBatchError,
  type BatchRules,
  inflationMax,
  limitsOf,
  openBatch,
  otherCodec,
  refuseStamp,
  stamped,
  takeStamp,
} from './validate.ts'

/** A magic number that begins at the end of a step is still seen whole. */
const magicRestBytes = 3

/** The same as `validateAtOnce`, however large. `records` must not change meanwhile. Rejects with `BatchError`. */
export async function validateInSlices(
  records: readonly Buffer[] | null,
  rules: BatchRules,
  slices: Slices,
): Promise<Buffer> {
  const header = new BatchHeader()
  try {
    const batch = openBatch(records, rules, header)
    verifyBatchCrc(header, '', await slices.run(crcOf(batch.subarray(batchLayout.attributesAt))))
    checkProducedHeader(header)
    const plain =
      header.compressionBits === codecs.none.id ? undefined : await decompress(header, rules, slices)
    const claimsStamp = takeStamp(header, rules.config)
    const checks = new RecordChecks(header, limitsOf(rules), plain)
    const { maxTimestamp } = await slices.run(findingsOf(checks))
    if (claimsStamp) refuseStamp(header, rules.config)
    const codec = otherCodec(header, rules.config)
    const stamp = { claimsStamp, maxTimestamp }
    if (!codec) return stamped(batch, header, stamp, rules)
    const given = plain ?? batch.subarray(batchLayout.recordsAt)
    const packed = await slices.elsewhere(codec.compressAsync(given, rules.config.compressionLevel))
    return stamped(await slices.run(repackBatch(header, codec, packed)), header, stamp, rules)
  } catch (error) {
    throw asBatchError(error, rules)
  }
}

async function decompress(header: BatchHeader, { budget }: BatchRules, slices: Slices): Promise<Buffer> {
  const records = header.buffer.subarray(header.start + batchLayout.recordsAt, header.end)
  const isZstd = header.compressionBits === codecs.zstd.id
  const frames = isZstd ? await slices.run(frameCountOf(records)) : 1
  const bytesMax = inflationMax(header, budget, Math.max(frames - 1, 0))
  const plain = await slices.elsewhere(decompressRecordsAsync(header, bytesMax))
  budget.inflationBytes -= plain.length
  return plain
}

function* crcOf(bytes: Buffer): Generator<undefined, number> {
  let crc = 0
  for (let at = 0; at < bytes.length; at += checkStepBytes) {
    crc = crc32c(bytes.subarray(at, at + checkStepBytes), crc)
    yield
  }
  return crc
}

function* frameCountOf(records: Buffer): Generator<undefined, number> {
  let count = 0
  for (let at = 0; at < records.length; at += checkStepBytes) {
    count += zstdFrameCount(records.subarray(at, at + checkStepBytes + magicRestBytes))
    yield
  }
  return count
}

function* findingsOf(checks: RecordChecks): Generator<undefined, RecordFindings> {
  for (;;) {
    const findings = checks.step(checkStepRecords)
    if (findings) return findings
    yield
  }
}

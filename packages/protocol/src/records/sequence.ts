// Sequence numbers of idempotent producers (KIP-98): int32 that count 0 … 2^31−1 and start anew at 0.
const sequenceCount = 2 ** 31

/** The sequence number `count` after `sequence`; `count` below 2^31. */
export function sequenceAfter(sequence: number, count: number): number {
  const sum = sequence + count
  return sum >= sequenceCount ? sum - sequenceCount : sum
}

/** The sequence number `count` before `sequence`. */
export function sequenceBefore(sequence: number, count: number): number {
  const difference = sequence - count
  return difference < 0 ? difference + sequenceCount : difference
}

/** Whether `sequence` comes after `other`, of two that are less than 2^30 apart, as those in flight are. */
export function isSequenceAfter(sequence: number, other: number): boolean {
  const distance = sequenceBefore(sequence, other)
  return distance > 0 && distance < 2 ** 30
}

// How numbers are spread: counts in buckets of growing width, and the quantiles of those of the last minutes. Recording is a few array accesses.
//
//   bucket   0 … 7 | 8 … 15 | 16 … 23 | …       eight to each power of two, so that a quantile is within 6 % of the number that it stands for
//   value    0 … 7 | 8 … 15 | 16 … 31 | …

const bitsPerOctave = 3
const bucketsPerOctave = 1 << bitsPerOctave
const valueMax = 2 ** 32 - 1
const bucketCount = (32 - bitsPerOctave + 1) * bucketsPerOctave

function bucketOf(value: number): number {
  if (value < bucketsPerOctave) return value
  const exponent = 31 - Math.clz32(value)
  return (
    (exponent - bitsPerOctave + 1) * bucketsPerOctave +
    ((value >>> (exponent - bitsPerOctave)) & (bucketsPerOctave - 1))
  )
}

/** The middle of the values of a bucket. */
function valueOf(bucket: number): number {
  if (bucket < bucketsPerOctave) return bucket
  const shift = Math.floor(bucket / bucketsPerOctave) - 1
  const lowest = (bucketsPerOctave + (bucket % bucketsPerOctave)) * 2 ** shift
  return lowest + (2 ** shift - 1) / 2
}

/**
 * Quantiles are of the period that is under way and the one before (Kafka's are of about the last five minutes); count and sum are of all values ever.
 * Periods are numbered by who records: whatever number is newer begins a new one.
 */
export class QuantileHistogram {
  count = 0
  sum = 0
  #current = new Uint32Array(bucketCount)
  #previous = new Uint32Array(bucketCount)
  #period = 0

  /** `value` is a whole number from 0 to 2³²−1; what is outside counts as the nearest. */
  record(value: number, period: number): void {
    if (period !== this.#period) this.#turn(period)
    const counted = value < 0 ? 0 : value > valueMax ? valueMax : Math.floor(value)
    this.count++
    this.sum += counted
    this.#current[bucketOf(counted)]!++
  }

  /** The values below which these shares (0 … 1) of the recent ones are; 0 without any. */
  quantiles(shares: readonly number[], period: number): number[] {
    if (period !== this.#period) this.#turn(period)
    let total = 0
    for (let bucket = 0; bucket < bucketCount; bucket++) total += this.#at(bucket)
    return shares.map(share => this.#quantile(share * total, total))
  }

  #quantile(rank: number, total: number): number {
    if (total === 0) return 0
    let seen = 0
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      seen += this.#at(bucket)
      if (seen >= rank && seen > 0) return valueOf(bucket)
    }
    return valueMax
  }

  #at(bucket: number): number {
    return this.#current[bucket]! + this.#previous[bucket]!
  }

  #turn(period: number): void {
    const spare = this.#previous
    if (period === this.#period + 1) this.#previous = this.#current
    else {
      this.#previous = this.#current
      this.#previous.fill(0)
    }
    this.#current = spare.fill(0)
    this.#period = period
  }
}

// How numbers are spread: counts in buckets of growing width, and the quantiles of those of the last minutes. Several kinds of numbers that come together,
// as of a request, have one memory: recording one is a few array accesses, and none for 0, which most of them are: what was not recorded was 0.
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
 * Quantiles are of the period that is under way and the one before (Kafka's are of about the last five minutes); count and sums are of all values ever.
 * Periods are numbered by who records: whatever number is newer begins a new one.
 */
export class QuantileHistograms {
  /** How often numbers came. */
  count = 0
  /** Of each kind. */
  readonly sums: Float64Array
  #current: Uint32Array
  #previous: Uint32Array
  /** How often numbers came in the period that is under way, and in the one before. */
  #currentCount = 0
  #previousCount = 0
  #period = 0

  /** `kinds`: how many numbers come together. */
  constructor(kinds: number) {
    this.sums = new Float64Array(kinds)
    this.#current = new Uint32Array(kinds * bucketCount)
    this.#previous = new Uint32Array(kinds * bucketCount)
  }

  /** The numbers that follow belong together, and to this period: one of each kind at most. */
  begin(period: number): void {
    if (period !== this.#period) this.#turn(period)
    this.count++
    this.#currentCount++
  }

  /** A whole number from 0 to 2³²−1; what is outside counts as the nearest. */
  record(kind: number, value: number): void {
    if (!(value >= 1)) return
    const counted = Math.floor(value > valueMax ? valueMax : value)
    this.sums[kind]! += counted
    this.#current[kind * bucketCount + bucketOf(counted)]!++
  }

  /** The values below which these shares (0 … 1, ascending) of the recent ones of a kind are; 0 without any. */
  quantiles(kind: number, shares: readonly number[], period: number): number[] {
    if (period !== this.#period) this.#turn(period)
    const current = this.#current
    const previous = this.#previous
    const from = kind * bucketCount
    const total = this.#currentCount + this.#previousCount
    if (total === 0) return shares.map(() => 0)
    const found: number[] = []
    // Those that are 0.
    let seen = total
    for (let at = from; at < from + bucketCount; at++) seen -= current[at]! + previous[at]!
    for (let bucket = 0; bucket < bucketCount && found.length < shares.length; bucket++) {
      seen += current[from + bucket]! + previous[from + bucket]!
      while (seen > 0 && seen >= shares[found.length]! * total) found.push(valueOf(bucket))
    }
    return found
  }

  #turn(period: number): void {
    const spare = this.#previous
    this.#previous = this.#current
    this.#previousCount = this.#currentCount
    if (period !== this.#period + 1) {
      this.#previous.fill(0)
      this.#previousCount = 0
    }
    this.#current = spare.fill(0)
    this.#currentCount = 0
    this.#period = period
  }
}

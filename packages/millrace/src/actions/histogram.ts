// Latencies in buckets that grow by a fixed factor: percentiles within 1 % in constant memory.

const firstMs = 0.01
const growth = 1.02
const bucketCount = 900

export class LatencyHistogram {
  readonly #counts = new Uint32Array(bucketCount)
  #count = 0
  #sumMs = 0
  #maxMs = 0

  record(latencyMs: number): void {
    const bucket = latencyMs <= firstMs ? 0 : Math.ceil(Math.log(latencyMs / firstMs) / Math.log(growth))
    const index = Math.min(bucket, bucketCount - 1)
    this.#counts[index] = this.#counts[index]! + 1
    this.#count++
    this.#sumMs += latencyMs
    this.#maxMs = Math.max(this.#maxMs, latencyMs)
  }

  /** The latency that `fraction` of the samples do not exceed; NaN without samples. */
  percentile(fraction: number): number {
    if (this.#count === 0) return Number.NaN
    let left = Math.ceil(fraction * this.#count)
    for (let index = 0; index < bucketCount; index++) {
      left -= this.#counts[index]!
      if (left <= 0) return Math.min(firstMs * growth ** index, this.#maxMs)
    }
    return this.#maxMs
  }

  summary(): { mean: number; p50: number; p95: number; p99: number; 'p99.9': number; max: number } {
    return {
      mean: this.#sumMs / this.#count,
      p50: this.percentile(0.5),
      p95: this.percentile(0.95),
      p99: this.percentile(0.99),
      'p99.9': this.percentile(0.999),
      max: this.#maxMs,
    }
  }
}

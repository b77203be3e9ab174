// Quantiles of recent numbers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { QuantileHistograms } from '../../src/metrics/quantile-histograms.ts'

/** One kind among two: the other one's numbers are not to be seen in it. */
class Recorded {
  readonly #histograms = new QuantileHistograms(2)

  record(value: number, period: number): void {
    this.#histograms.begin(period)
    this.#histograms.record(0, 77)
    this.#histograms.record(1, value)
  }

  quantiles(shares: readonly number[], period: number): number[] {
    return this.#histograms.quantiles(1, shares, period)
  }

  get count(): number {
    return this.#histograms.count
  }

  get sum(): number {
    return this.#histograms.sums[1]!
  }
}

const shares = [0.5, 0.75, 0.95, 0.99, 0.999]

test('a quantile is within 7 % of the number that it stands for', () => {
  const number = fc.oneof(fc.nat(20), fc.nat(5_000), fc.nat(2 ** 31 - 1))
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 300 }), numbers => {
      const histogram = new Recorded()
      for (const each of numbers) histogram.record(each, 0)
      const sorted = numbers.toSorted((a, b) => a - b)
      for (const [index, found] of histogram.quantiles(shares, 0).entries()) {
        const exact = sorted[Math.max(Math.ceil(shares[index]! * sorted.length) - 1, 0)]!
        assert.ok(Math.abs(found - exact) <= Math.max(exact * 0.07, 0.5), `${found} for ${exact}`)
      }
    }),
  )
})

test('quantiles are of this period and the one before; count and sum are of all', () => {
  const histogram = new Recorded()
  histogram.record(1000, 7)
  assert.ok(histogram.quantiles([0.5], 8)[0]! > 900)
  histogram.record(10, 8)
  histogram.record(10, 8)
  assert.deepEqual(histogram.quantiles([0.5], 8), [10.5 - 0.5])
  assert.ok(histogram.quantiles([0.99], 8)[0]! > 900)
  assert.ok(histogram.quantiles([0.99], 9)[0]! < 20)
  assert.deepEqual(histogram.quantiles([0.99], 11), [0])
  assert.deepEqual([histogram.count, histogram.sum], [3, 1020])
})

test('what is out of range counts as the nearest number, and nothing gives 0', () => {
  const histogram = new Recorded()
  assert.deepEqual(histogram.quantiles(shares, 0), [0, 0, 0, 0, 0])
  histogram.record(-5, 0)
  histogram.record(0.7, 0)
  assert.deepEqual(histogram.quantiles([0.99], 0), [0])
  histogram.record(1e15, 0)
  assert.ok(histogram.quantiles([0.99], 0)[0]! > 2 ** 31)
})

// How long a client is told to wait, against numbers that Apache Kafka's own classes have computed (conformance/java, QuotaOracle).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { TokenBucket } from '../../src/quotas/token-bucket.ts'
import { WindowedRate } from '../../src/quotas/windowed-rate.ts'

interface Step {
  readonly atMs: number
  readonly value: number
  readonly throttleMs: number
  readonly mutationThrottleMs: number
}

interface Case {
  readonly window: { readonly samples: number; readonly sampleMs: number }
  readonly limit: number
  readonly steps: Step[]
}

function readCases(): Case[] {
  const cases: Case[] = []
  for (const line of readFileSync(new URL('throttle-times.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')) {
    const [first = '', ...rest] = line.split(' ')
    const numbers = rest.map(Number)
    if (first === 'case') {
      const [samples = 0, seconds = 0, limit = 0] = numbers
      cases.push({ window: { samples, sampleMs: seconds * 1000 }, limit, steps: [] })
    } else {
      const [value = 0, throttleMs = 0, mutationThrottleMs = 0] = numbers
      cases.at(-1)!.steps.push({ atMs: Number(first), value, throttleMs, mutationThrottleMs })
    }
  }
  return cases
}

test('throttle times of rates are those of Apache Kafka', () => {
  for (const { window, limit, steps } of readCases()) {
    const rate = new WindowedRate(window)
    for (const [index, { atMs, value, throttleMs }] of steps.entries()) {
      rate.record(value, atMs)
      assert.equal(rate.throttleTimeMs(limit, atMs), throttleMs, `limit ${limit}, step ${index}`)
    }
  }
})

test('throttle times of token buckets are those of Apache Kafka', () => {
  for (const { window, limit, steps } of readCases()) {
    const bucket = new TokenBucket(window)
    for (const [index, { atMs, value, mutationThrottleMs }] of steps.entries()) {
      bucket.take(value, limit, atMs)
      const found = bucket.throttleTimeMs(limit, atMs)
      // Kafka counts from the year 1970 and fills up by multiplication: the last bit may round the other way.
      assert.ok(Math.abs(found - mutationThrottleMs) <= 1, `limit ${limit}, step ${index}: ${found}`)
    }
  }
})

test('what did not happen can be taken back', () => {
  const rate = new WindowedRate({ samples: 11, sampleMs: 1000 })
  rate.record(100_000, 0)
  assert.ok(rate.throttleTimeMs(1000, 0) > 0)
  rate.record(-100_000, 0)
  assert.equal(rate.throttleTimeMs(1000, 0), 0)
})

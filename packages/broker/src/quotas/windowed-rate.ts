// How much of something a client has used a second, over a window that moves in samples: Kafka's `Rate` over `SampledStat`, number for number,
// so that clients are told to wait as long as Apache Kafka would tell them.
//
//   |  sample  |  sample  |   …   |  current  |      quota.window.num samples of quota.window.size.seconds, and one that the window overlaps
//                                       now ▲
export interface RateWindow {
  /** `quota.window.num`. */
  readonly samples: number
  /** `quota.window.size.seconds`, in milliseconds. */
  readonly sampleMs: number
}

interface Sample {
  startMs: number
  lastEventMs: number
  value: number
}

const msPerSecond = 1000

export class WindowedRate {
  readonly #window: RateWindow
  /** A ring: `#current` is written to. The one beyond the window's number may still overlap its start. */
  readonly #samples: Sample[] = []
  #current = 0

  constructor(window: RateWindow) {
    this.#window = window
  }

  /** Adds `value` at the monotonic time `nowMs`. A negative value takes back what was added and did not happen. */
  record(value: number, nowMs: number): void {
    let sample = (this.#samples[this.#current] ??= sampleAt(nowMs))
    if (nowMs - sample.startMs >= this.#window.sampleMs) sample = this.#advance(nowMs)
    sample.value += value
    sample.lastEventMs = nowMs
  }

  /** The time that brings the rate back to `limit` a second if nothing more is used: 0 when it is not above. In whole milliseconds. */
  throttleTimeMs(limit: number, nowMs: number): number {
    const total = this.total(nowMs)
    const windowMs = this.#windowMs(nowMs)
    const rate = total / (windowMs / msPerSecond)
    return rate > limit ? Math.round(((rate - limit) / limit) * windowMs) : 0
  }

  /** All that was used in the window. */
  total(nowMs: number): number {
    this.#purge(nowMs)
    let total = 0
    for (const { value } of this.#samples) total += value
    return total
  }

  #advance(nowMs: number): Sample {
    this.#current = (this.#current + 1) % (this.#window.samples + 1)
    const sample = (this.#samples[this.#current] ??= sampleAt(nowMs))
    reset(sample, nowMs)
    return sample
  }

  #purge(nowMs: number): void {
    const expireMs = this.#window.samples * this.#window.sampleMs
    for (const sample of this.#samples) if (nowMs - sample.lastEventMs >= expireMs) reset(sample, nowMs)
  }

  /**
   * The time that the samples stand for. With little history it is as if all samples but the current one were full: a client that has just come
   * would otherwise be over its limit with its first request.
   */
  #windowMs(nowMs: number): number {
    const { samples, sampleMs } = this.#window
    let oldestMs = nowMs
    for (const { startMs } of this.#samples) oldestMs = Math.min(oldestMs, startMs)
    const elapsedMs = nowMs - oldestMs
    const missing = samples - 1 - Math.floor(elapsedMs / sampleMs)
    return Math.max(missing > 0 ? elapsedMs + missing * sampleMs : elapsedMs, 1)
  }
}

function sampleAt(nowMs: number): Sample {
  return { startMs: nowMs, lastEventMs: nowMs, value: 0 }
}

function reset(sample: Sample, nowMs: number): void {
  sample.startMs = nowMs
  sample.lastEventMs = nowMs
  sample.value = 0
}

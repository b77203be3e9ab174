// Which versions of each request a broker speaks, and which of them this client picks.
import type { Api } from '@millrace/protocol'
import { UnsupportedVersionError } from '../errors/index.ts'
import { type FinalizedFeatures, noFeatures } from './finalized-features.ts'

export interface VersionRange {
  readonly min: number
  readonly max: number
}

/** Any request, whatever its bodies: enough to choose a version. */
export type AnyApi = Pick<Api<unknown, never, unknown, never>, 'key' | 'name' | 'minVersion' | 'maxVersion'>

/** Versions that a caller can do with. */
export interface VersionLimits {
  /** Oldest version that will do. Default: the oldest that the client knows. */
  readonly minVersion?: number
  /** Newest version that will do. Default: the newest that the client knows. */
  readonly maxVersion?: number
}

export class ApiRanges {
  readonly #ranges: ReadonlyMap<number, VersionRange>
  /** What was in force in the cluster when the broker was asked. */
  readonly features: FinalizedFeatures

  constructor(ranges: ReadonlyMap<number, VersionRange>, features = noFeatures) {
    this.#ranges = ranges
    this.features = features
  }

  rangeOf(apiKey: number): VersionRange | undefined {
    return this.#ranges.get(apiKey)
  }

  has(apiKey: number): boolean {
    return this.#ranges.has(apiKey)
  }

  /** The newest version both sides know within `limits`. Throws UnsupportedVersionError when there is none. */
  choose(api: AnyApi, limits: VersionLimits = {}): number {
    const broker = this.#ranges.get(api.key)
    if (!broker) throw new UnsupportedVersionError(`the broker does not offer ${api.name} (key ${api.key})`)
    const low = Math.max(api.minVersion, broker.min, limits.minVersion ?? 0)
    const high = Math.min(api.maxVersion, broker.max, limits.maxVersion ?? api.maxVersion)
    if (low > high) {
      const wanted = `${Math.max(api.minVersion, limits.minVersion ?? 0)}–${Math.min(api.maxVersion, limits.maxVersion ?? api.maxVersion)}`
      throw new UnsupportedVersionError(
        `${api.name}: the broker offers versions ${broker.min}–${broker.max}, versions ${wanted} are needed here`,
      )
    }
    return high
  }
}

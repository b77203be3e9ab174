// What the cluster has agreed on (KIP-584), as brokers tell it in the handshake.
import type { ApiVersionsResponse } from '@millrace/protocol'

export class FinalizedFeatures {
  /** Rises with every change; −1 from brokers that know of no features. */
  readonly epoch: number
  readonly #levels: ReadonlyMap<string, number>

  constructor(epoch: number, levels: ReadonlyMap<string, number>) {
    this.epoch = epoch
    this.#levels = levels
  }

  static read({ finalizedFeaturesEpoch, finalizedFeatures }: ApiVersionsResponse): FinalizedFeatures {
    const levels = finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel] as const)
    return new FinalizedFeatures(finalizedFeaturesEpoch, new Map(levels))
  }

  /** 0 for a feature that is not in force. */
  levelOf(feature: string): number {
    return this.#levels.get(feature) ?? 0
  }
}

export const noFeatures = new FinalizedFeatures(-1, new Map())

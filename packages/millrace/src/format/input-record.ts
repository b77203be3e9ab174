// A record that `produce` has read, in whatever form it was written.

/** A record as `produce` sends it. */
export interface InputRecord {
  readonly topic?: string
  readonly partition?: number
  readonly timestamp?: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
}

// What the command line of `millrace produce` says.
import type { CompressionName } from '@millrace/protocol'
import type { ClusterOptions } from '../context.ts'

export interface ProduceOptions extends ClusterOptions {
  readonly key?: string
  readonly keyDelimiter?: string
  readonly delimiter?: string
  readonly format?: string
  readonly header: readonly string[]
  readonly partition?: number
  readonly compression: CompressionName
  readonly acks: 'all' | '1' | '0'
  readonly rate?: number
  readonly nullMarker?: string
  readonly tombstone?: boolean
  readonly output?: string
  readonly file: readonly string[]
  readonly quiet?: boolean
}

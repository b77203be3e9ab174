// What the command line of `millrace context …` says.

export interface ContextCreateOptions {
  readonly brokers: string
  readonly set: readonly string[]
  readonly use?: boolean
  readonly force?: boolean
}

// What the command line of `millrace up` says.

export interface UpOptions {
  readonly port?: number
  readonly host?: string
  readonly dataDir?: string
  readonly config?: string
  readonly set: readonly string[]
  readonly override: readonly string[]
  readonly topic: readonly string[]
  readonly addScram: readonly string[]
  readonly logFormat: 'pretty' | 'json'
  readonly quiet?: boolean
  readonly allowForeignFiles?: boolean
}

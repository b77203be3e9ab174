// A setting as it was written, and where.

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** One line of a section. */
export interface Entry {
  /** As it was written: `lingerMs` or `linger.ms`. */
  readonly name: string
  readonly value: unknown
  /** `kafka.yaml:12:3`, or the name of a variable. */
  readonly place: string
  /** Of the environment: a `${` in it is meant as it is. */
  readonly isLiteral?: true
  /** What a mapping holds, each with its place; undefined for other values. */
  readonly members?: readonly Entry[]
}

/** The sections of a file, or of one of its profiles. */
export interface Sections {
  /** For every kind of client. */
  readonly client: readonly Entry[]
  readonly producer: readonly Entry[]
  readonly consumer: readonly Entry[]
  readonly admin: readonly Entry[]
  /** What some producers have beside the others, by their name in the file. */
  readonly producers: ReadonlyMap<string, readonly Entry[]>
  readonly consumers: ReadonlyMap<string, readonly Entry[]>
  /** Sections that are no clients', by name: only those of a `Layout`. */
  readonly others: ReadonlyMap<string, readonly Entry[]>
}

/** What a file may have beside the sections of clients. */
export interface Layout {
  readonly sections: readonly string[]
}

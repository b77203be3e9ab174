// What an event is: its data, and what is known of it beside that. The attributes are those of CloudEvents 1.0.

/** What is known of an event beside its data. */
export interface EventAttributes<Type extends string = string> {
  /** Unique for its `source`: the same id from the same source is the same event, sent twice. */
  readonly id: string
  /** What has happened: `order.created`. Says what `data` is. */
  readonly type: Type
  /** Where it has happened, as a URI reference: `/shop/checkout`. */
  readonly source: string
  /** When it has happened, in ms since the epoch; undefined where the sender did not say. */
  readonly time: number | undefined
  /** What it is about within the source, such as an id; undefined where the sender did not say. */
  readonly subject: string | undefined
  /** Where the schema of `data` is, as a URI; undefined where the sender did not say. */
  readonly dataSchema: string | undefined
  /** Everything else, by name: extension attributes of CloudEvents, such as `correlationid`. */
  readonly metadata: Readonly<Record<string, string>>
}

/** An event as it is received. */
export interface EventEnvelope<Type extends string = string, Data = unknown> extends EventAttributes<Type> {
  /** What its type says. */
  readonly data: Data
}

/** An event to be sent. */
export interface EventInput<Type extends string = string, Data = unknown> {
  /** What has happened. */
  readonly type: Type
  /** What the type says. */
  readonly data: Data
  /** Default: a random UUID. Give one that stays the same where an event may be sent twice. */
  readonly id?: string | undefined
  /** Default: the `source` of the topic. */
  readonly source?: string | undefined
  /** In ms since the epoch. Default: now. */
  readonly time?: number | undefined
  /** What it is about within the source. Default: nothing is said. */
  readonly subject?: string | undefined
  /** Where the schema of `data` is. Default: nothing is said. */
  readonly dataSchema?: string | undefined
  /**
   * Further attributes. Names are up to 20 lower-case letters and digits, as CloudEvents wants them, and none of its own. Default: none.
   */
  readonly metadata?: Readonly<Record<string, string>> | undefined
}

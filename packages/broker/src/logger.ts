// What the broker says about itself: structured lines, one event each. Where they go is the caller's business.

/** How much it matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** What an event is about, by name. */
export type LogFields = Readonly<Record<string, unknown>>

/** Takes one line: a level, a short stable event name (`broker.started`), and the facts as fields. */
export interface Logger {
  /** Takes an event: `event` is its stable name, `fields` what it is about. */
  log(level: LogLevel, event: string, fields?: LogFields): void
  /** The level below which `log` drops lines; undefined where that is not known. */
  readonly level?: LogLevel
  /** Takes a line whatever its level: levels can be changed while the broker runs. Default: `log`. */
  always?(level: LogLevel, event: string, fields?: LogFields): void
}

/** Drops everything. */
export const silentLogger: Logger = { log: () => {} }

/** From the most talkative to the quietest. */
export const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/**
 * Log lines by area, each with a level that can be changed while the broker runs (Kafka's broker loggers). Passes on what the areas let through: those
 * without a level of their own leave it to `sink`.
 */
export class LeveledLogger implements Logger {
  /** A level has changed. */
  onChanged: (() => void) | undefined
  readonly #sink: Logger
  /** By area, the first word of an event: `connection` of `connection.refused`. */
  readonly #areas = new Map<string, LogLevel>()
  /** Of the areas that have none. */
  #root: LogLevel | undefined

  constructor(sink: Logger) {
    this.#sink = sink
  }

  log(level: LogLevel, event: string, fields?: LogFields): void {
    if (this.#areas.size === 0 && this.#root === undefined) {
      this.#sink.log(level, event, fields)
      return
    }
    const threshold = this.#areas.get(event.slice(0, event.indexOf('.'))) ?? this.#root
    if (threshold === undefined) this.#sink.log(level, event, fields)
    else if (logLevels.indexOf(level) >= logLevels.indexOf(threshold)) {
      if (this.#sink.always) this.#sink.always(level, event, fields)
      else this.#sink.log(level, event, fields)
    }
  }

  /** Whether lines of the area and level are wanted by more than `sink`'s own threshold. */
  isEnabled(area: string, level: LogLevel): boolean {
    const threshold = this.#areas.get(area) ?? this.#root ?? this.#sink.level
    return threshold !== undefined && logLevels.indexOf(level) >= logLevels.indexOf(threshold)
  }

  /** The level of an area, or without one of all others; undefined where `sink` does not tell. */
  levelOf(area?: string): LogLevel | undefined {
    return (area === undefined ? undefined : this.#areas.get(area)) ?? this.#root ?? this.#sink.level
  }

  /** Gives an area, or without one all others, a level; undefined takes it away. */
  setLevel(area: string | undefined, level: LogLevel | undefined): void {
    if (area === undefined) this.#root = level
    else if (level === undefined) this.#areas.delete(area)
    else this.#areas.set(area, level)
    this.onChanged?.()
  }
}

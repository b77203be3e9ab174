// Options of a program on its command line, and how it ends.
import { type ParseArgsConfig, parseArgs } from 'node:util'

export class CommandLine {
  readonly #usage: string
  readonly #values: Readonly<Record<string, unknown>>

  /** `defaults`: options by name, each with what it is where it is not given. Ends the process for `--help` and for what there is not. */
  constructor(usage: string, defaults: Readonly<Record<string, string>>) {
    this.#usage = usage
    const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } }
    for (const [name, value] of Object.entries(defaults)) options[name] = { type: 'string', default: value }
    this.#values = this.#parse(options)
    if (this.#values['help'] === true) {
      console.log(usage)
      process.exit(0)
    }
  }

  #parse(options: NonNullable<ParseArgsConfig['options']>): Readonly<Record<string, unknown>> {
    try {
      return parseArgs({ options }).values
    } catch (error) {
      return this.#fail((error as Error).message)
    }
  }

  text(name: string): string {
    return String(this.#values[name])
  }

  /** An option that may be empty: undefined then. */
  optional(name: string): string | undefined {
    return this.text(name) || undefined
  }

  /** A number within bounds. Ends the process for another one. */
  number(name: string, min: number, max: number): number {
    const text = this.text(name)
    const value = Number(text)
    if (text.trim() !== '' && value >= min && value <= max) return value
    return this.#fail(`--${name} must be ${min} to ${max}, not "${text}"`)
  }

  wholeNumber(name: string, min: number, max: number): number {
    const value = this.number(name, min, max)
    if (Number.isInteger(value)) return value
    return this.#fail(`--${name} must be a whole number, not "${value}"`)
  }

  #fail(message: string): never {
    console.error(`${message}\n\n${this.#usage}`)
    process.exit(2)
  }

  /** Has `stop` called by the first SIGINT or SIGTERM; the second one is for who does not want to wait. */
  static endWith(stop: () => Promise<void>): void {
    let ending = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (ending) process.exit(130)
        ending = true
        void stop()
      })
  }
}

// Waking whoever waits: one promise until it is rung, another one after that.

export class Bell {
  #rung: Promise<void> = Promise.resolve()
  #ring: () => void = () => {}

  constructor() {
    this.#arm()
  }

  /** Resolves when the bell is rung next. */
  get next(): Promise<void> {
    return this.#rung
  }

  ring(): void {
    const ring = this.#ring
    this.#arm()
    ring()
  }

  #arm(): void {
    this.#rung = new Promise(resolve => {
      this.#ring = resolve
    })
  }
}

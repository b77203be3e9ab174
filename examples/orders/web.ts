// The application's HTTP side: orders come in, the page shows what becomes of them, and what fails is switched on and off.
import { setTimeout as sleep } from 'node:timers/promises'
import { Follower, HttpSide, readBody, type Route, wholeNumberOf } from '@millrace/example-kit'
import type { Generator } from './generator.ts'
import type { DeadLetters } from './letters.ts'
import type { OrderDesk } from './order-desk.ts'
import type { Pace } from './pace.ts'
import { orderIdOf, placementOf, quantityOf } from './requests.ts'
import type { Status, StatusReader } from './status.ts'
import { type Switches, switchesOf } from './switches.ts'
import type { Names } from './topics.ts'

const statusEveryMs = 1_000
/** Orders that a page is told of in one go: it shows no more. */
const toldMax = 25
const rateMax = 1_000

export interface WebParts {
  readonly brokers: readonly string[]
  readonly names: Names
  readonly desk: OrderDesk
  readonly generator: Generator
  readonly letters: DeadLetters
  readonly pace: Pace
  readonly reader: StatusReader
  readonly switches: () => Switches
  /** Tells all processes. */
  readonly onSwitched: (switches: Switches) => void
}

type Outcomes = Names['outcomes']

export class Web {
  readonly #parts: WebParts
  readonly #ending = new AbortController()
  #side: HttpSide | undefined
  #follower: Follower<Outcomes> | undefined
  #watching: Promise<void> | undefined

  /** Rejects when it cannot listen, or the cluster cannot be asked. */
  static async start(port: number, parts: WebParts): Promise<Web> {
    const web = new Web(parts)
    try {
      await web.#start(port)
      return web
    } catch (error) {
      await web.close()
      throw error
    }
  }

  private constructor(parts: WebParts) {
    this.#parts = parts
  }

  async #start(port: number): Promise<void> {
    const { brokers, names, pace } = this.#parts
    const side = await HttpSide.start({
      port,
      page: new URL('page/', import.meta.url),
      files: ['page.css', 'page.js'],
      routes: [...this.#orderRoutes, ...this.#otherRoutes],
      onLive: () => this.#tellStatus(side),
    })
    this.#side = side
    this.#follower = await Follower.start({
      brokers,
      topic: names.outcomes,
      onRecords({ records }) {
        for (const { value } of records) pace.note(value.data)
        for (const { key, value } of records.slice(-toldMax))
          side.live.tell('settled', { user: key, ...value.data })
      },
    })
    this.#watching = this.#watch(side)
  }

  get address(): string {
    return this.#side!.address
  }

  async close(): Promise<void> {
    this.#ending.abort()
    await this.#side?.close()
    await this.#watching
    await this.#follower?.close()
  }

  /** Looks how things stand while somebody looks at the page. */
  async #watch(side: HttpSide): Promise<void> {
    const { signal } = this.#ending
    while (!signal.aborted) {
      if (side.live.size > 0) await this.#tellStatus(side)
      await sleep(statusEveryMs, undefined, { signal }).catch(() => {})
    }
  }

  async #tellStatus({ live }: HttpSide): Promise<void> {
    live.tell('status', await this.#readStatus(false))
  }

  async #readStatus(fresh: boolean): Promise<Status | { readonly error: string }> {
    try {
      return await this.#parts.reader.read(this.#ending.signal, fresh)
    } catch (error) {
      return { error: (error as Error).message }
    }
  }

  get #orderRoutes(): readonly Route[] {
    const { desk } = this.#parts
    const order = /^\/orders\/([^/]+)$/
    return [
      ['POST', /^\/orders$/, async ({ request }) => desk.place(placementOf(await readBody(request)))],
      ['GET', order, ({ parts: [id] }) => desk.view(orderIdOf(id))],
      [
        'PUT',
        order,
        async ({ request, parts: [id] }) => desk.update(orderIdOf(id), quantityOf(await readBody(request))),
      ],
      ['DELETE', order, ({ parts: [id] }) => desk.cancel(orderIdOf(id))],
    ]
  }

  get #otherRoutes(): readonly Route[] {
    const { generator, letters, switches, onSwitched } = this.#parts
    return [
      ['GET', /^\/status$/, () => this.#readStatus(true)],
      [
        'PUT',
        /^\/switches$/,
        async ({ request }) => {
          const after = switchesOf(switches(), await readBody(request))
          onSwitched(after)
          return after
        },
      ],
      [
        'PUT',
        /^\/generator$/,
        async ({ request }) => {
          generator.rate = wholeNumberOf('rate', (await readBody(request))['rate'], 0, rateMax)
          return { rate: generator.rate }
        },
      ],
      ['POST', /^\/dead-letters\/redrive$/, async () => ({ sent: await letters.redrive() })],
      ['POST', /^\/dead-letters\/mend$/, async () => ({ mended: await letters.mend() })],
    ]
  }
}

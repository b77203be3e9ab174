// The application's HTTP side: notifications come in, messages are shown, the page follows what happens.
import { setTimeout as sleep } from 'node:timers/promises'
import { Follower, HttpSide, nameOf, readBody, type Route, textOf } from '@millrace/example-kit'
import { Service } from '@millrace/service'
import type { MessageStore } from './messages/message-store.ts'
import { notificationOf } from './requests.ts'
import { type Status, StatusReader } from './status.ts'
import { feed, notifications } from './topics.ts'

const statusEveryMs = 1_000

export class Web {
  readonly #store: MessageStore
  readonly #publisher: Service
  readonly #reader: StatusReader
  readonly #ending = new AbortController()
  #side: HttpSide | undefined
  #follower: Follower<typeof feed> | undefined
  #watching: Promise<void> | undefined

  static async start(brokers: readonly string[], store: MessageStore, port: number): Promise<Web> {
    const web = new Web(brokers, store)
    try {
      await web.#start(brokers, port)
      return web
    } catch (error) {
      await web.close()
      throw error
    }
  }

  async #start(brokers: readonly string[], port: number): Promise<void> {
    const page = new URL('page/', import.meta.url)
    const side = await HttpSide.start({
      port,
      page,
      routes: this.#routes,
      onLive: () => this.#tellStatus(side),
    })
    this.#side = side
    this.#follower = await Follower.start({
      brokers,
      topic: feed,
      onRecords({ records }) {
        for (const { key, value } of records) side.live.tell('kept', { user: key, message: value.data })
      },
    })
    this.#watching = this.#watch(side)
  }

  private constructor(brokers: readonly string[], store: MessageStore) {
    this.#store = store
    this.#publisher = new Service({ name: 'notifications-web', brokers })
    this.#reader = new StatusReader(brokers, store)
  }

  get address(): string {
    return this.#side!.address
  }

  async close(): Promise<void> {
    this.#ending.abort()
    await this.#side?.close()
    await this.#watching
    await Promise.all([this.#follower?.close(), this.#publisher.stop(), this.#reader[Symbol.asyncDispose]()])
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
    live.tell('status', await this.#readStatus())
  }

  async #readStatus(): Promise<Status | { readonly error: string }> {
    try {
      return await this.#reader.read(this.#ending.signal)
    } catch (error) {
      return { error: (error as Error).message }
    }
  }

  readonly #routes: readonly Route[] = [
    ['GET', /^\/status$/, () => this.#readStatus()],
    ['GET', /^\/users\/([^/]+)\/messages$/, ({ parts: [user] }) => this.#store.latest(nameOf('user', user))],
    [
      'POST',
      /^\/users\/([^/]+)\/notifications$/,
      async ({ request, parts: [user] }) => {
        const key = nameOf('user', user)
        const { offset, partition } = await this.#publisher.publish(notifications, {
          key,
          ...notificationOf(await readBody(request)),
        })
        return { partition, offset }
      },
    ],
    [
      'PUT',
      /^\/profiles\/([^/]+)$/,
      async ({ request, parts: [name] }) => {
        const display = textOf('display', (await readBody(request))['display'])
        await this.#store.setDisplayName(nameOf('name', name), display)
        return { name, display }
      },
    ],
    ['POST', /^\/dead-letters\/redrive$/, async () => ({ sent: await this.#reader.redrive() })],
  ]
}

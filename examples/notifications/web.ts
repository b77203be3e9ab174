// The application's HTTP side: notifications come in, messages are shown, the page follows what happens.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Service } from '@millrace/service'
import { FeedFollower } from './feed-follower.ts'
import { Live } from './live.ts'
import type { MessageStore } from './message-store.ts'
import { nameOf, notificationOf, readBody, RequestError, textOf } from './requests.ts'
import { type Status, StatusReader } from './status.ts'
import { notifications } from './topics.ts'

const statusEveryMs = 1_000
const page = new URL('page/index.html', import.meta.url)

/** What answers a request: a value as JSON, with status 200, or undefined when it has answered by itself. */
type Answer = (request: IncomingMessage, response: ServerResponse, name: string) => Promise<unknown>

export class Web {
  readonly #server: Server
  readonly #store: MessageStore
  readonly #publisher: Service
  readonly #follower: FeedFollower
  readonly #reader: StatusReader
  readonly #live = new Live()
  readonly #ending = new AbortController()
  readonly #watching: Promise<void>
  #status: Status | { readonly error: string } = { error: 'not read so far' }

  static async start(brokers: readonly string[], store: MessageStore, port: number): Promise<Web> {
    const web = await FeedFollower.start(brokers, kept => web.#live.tell('kept', kept)).then(
      follower => new Web(brokers, store, follower),
    )
    await new Promise<void>((resolve, reject) => {
      web.#server.once('error', reject)
      web.#server.listen(port, '127.0.0.1', resolve)
    })
    return web
  }

  private constructor(brokers: readonly string[], store: MessageStore, follower: FeedFollower) {
    this.#store = store
    this.#follower = follower
    this.#publisher = new Service({ name: 'notifications-web', brokers })
    this.#reader = new StatusReader(brokers, store)
    this.#server = createServer((request, response) => void this.#serve(request, response))
    this.#watching = this.#watch()
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#ending.abort()
    this.#live.close()
    await new Promise(resolve => {
      this.#server.close(resolve)
      this.#server.closeIdleConnections()
    })
    await this.#watching
    await Promise.all([this.#follower.close(), this.#publisher.stop(), this.#reader[Symbol.asyncDispose]()])
  }

  /** Looks how things stand while somebody looks at the page. */
  async #watch(): Promise<void> {
    const { signal } = this.#ending
    while (!signal.aborted) {
      if (this.#live.size > 0) this.#live.tell('status', await this.#readStatus())
      await sleep(statusEveryMs, undefined, { signal }).catch(() => {})
    }
  }

  async #readStatus(): Promise<Status | { readonly error: string }> {
    try {
      this.#status = await this.#reader.read(this.#ending.signal)
    } catch (error) {
      this.#status = { error: (error as Error).message }
    }
    return this.#status
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      for (const [method, pattern, answer] of this.#routes) {
        const match = request.method === method ? pattern.exec(pathname) : null
        if (!match) continue
        const value = await answer(request, response, decodeURIComponent(match[1] ?? ''))
        if (value !== undefined) send(response, 200, value)
        return
      }
      throw new RequestError(404, `there is no ${request.method} ${pathname}`)
    } catch (error) {
      const status = error instanceof RequestError ? error.status : 503
      if (response.headersSent) response.destroy()
      else send(response, status, { error: (error as Error).message })
    }
  }

  readonly #routes: readonly (readonly [string, RegExp, Answer])[] = [
    [
      'GET',
      /^\/$/,
      async (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(await readFile(page))
      },
    ],
    [
      'GET',
      /^\/live$/,
      async (_, response) => {
        if (!this.#live.add(response)) throw new RequestError(503, 'too many pages are open')
        this.#live.tell('status', await this.#readStatus())
      },
    ],
    ['GET', /^\/status$/, () => this.#readStatus()],
    ['GET', /^\/users\/([^/]+)\/messages$/, async (_, __, user) => this.#store.latest(nameOf('user', user))],
    [
      'POST',
      /^\/users\/([^/]+)\/notifications$/,
      async (request, _, user) => {
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
      async (request, _, name) => {
        const display = textOf('display', (await readBody(request))['display'])
        this.#store.setDisplayName(nameOf('name', name), display)
        return { name, display }
      },
    ],
    ['POST', /^\/dead-letters\/redrive$/, async () => ({ sent: await this.#reader.redrive() })],
  ]
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`)
}

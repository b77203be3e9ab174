// An application's HTTP side: routes that answer with JSON, pages, and errors that say what is wrong.
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { Live } from './live.ts'
import { RequestError } from './requests.ts'

/** A request, and what of its path its route left open. */
export interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** What the groups of the route's pattern have matched, decoded. */
  readonly parts: readonly string[]
}

/** What answers a request: a value as JSON, with status 200, or undefined when it has answered by itself. Throws RequestError. */
export type Answer = (call: Call) => unknown

/** Method, pattern of the path, and what answers. */
export type Route = readonly [method: string, path: RegExp, answer: Answer]

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** What every page has: its looks, and what it does them with. */
const kitFiles = new Map(
  ['kit.css', 'kit.js'].map(name => [`/${name}`, new URL(`page/${name}`, import.meta.url)]),
)

export interface HttpSideOptions {
  /** 0 for any. */
  readonly port: number
  /** Folder of the page, with a slash at its end: `index.html` is served as `/`. */
  readonly page: URL
  /** Files in it beside `index.html`, by name. Default: none. */
  readonly files?: readonly string[]
  readonly routes: readonly Route[]
  /** What a page is told as soon as it connects. */
  readonly onLive: () => Promise<void>
}

export class HttpSide {
  /** Those who look. */
  readonly live = new Live()
  readonly #server: Server
  readonly #routes: readonly Route[]
  readonly #files: ReadonlyMap<string, URL>
  readonly #onLive: () => Promise<void>

  /** Resolves when it listens, on the loopback interface. Rejects when it cannot. */
  static async start(options: HttpSideOptions): Promise<HttpSide> {
    const side = new HttpSide(options)
    await new Promise<void>((resolve, reject) => {
      side.#server.once('error', reject)
      side.#server.listen(options.port, '127.0.0.1', resolve)
    })
    return side
  }

  private constructor({ page, files = [], routes, onLive }: HttpSideOptions) {
    this.#files = new Map([
      ...kitFiles,
      ['/', new URL('index.html', page)],
      ...files.map(name => [`/${name}`, new URL(name, page)] as const),
    ])
    this.#routes = [['GET', /^\/live$/, call => this.#follow(call)], ...routes]
    this.#onLive = onLive
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Resolves when all that was asked is answered. */
  async close(): Promise<void> {
    this.live.close()
    await new Promise(resolve => {
      this.#server.close(resolve)
      this.#server.closeIdleConnections()
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      const file = request.method === 'GET' ? this.#files.get(pathname) : undefined
      if (file) return await sendFile(response, file)
      const value = await this.#answer(pathname, request, response)
      if (value !== undefined) send(response, 200, value)
    } catch (error) {
      const status = error instanceof RequestError ? error.status : 503
      if (response.headersSent) response.destroy()
      else send(response, status, { error: (error as Error).message })
    }
  }

  #answer(pathname: string, request: IncomingMessage, response: ServerResponse): unknown {
    for (const [method, path, answer] of this.#routes) {
      const match = request.method === method ? path.exec(pathname) : null
      if (match) return answer({ request, response, parts: match.slice(1).map(decoded) })
    }
    throw new RequestError(404, `there is no ${request.method} ${pathname}`)
  }

  async #follow({ response }: Call): Promise<undefined> {
    if (!this.live.add(response)) throw new RequestError(503, 'too many pages are open')
    await this.#onLive()
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new RequestError(400, `"${part}" is no part of a path`)
  }
}

async function sendFile(response: ServerResponse, file: URL): Promise<void> {
  const type = types[extname(file.pathname)]!
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(await readFile(file))
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(value)}\n`)
}

// The live page's connections: server-sent events, to those who keep up.
import type { ServerResponse } from 'node:http'

/** What may wait for one browser; who is further behind is let go, and connects again by itself. */
const waitingBytesMax = 256 * 1024
const pagesMax = 1_000

export class Live {
  readonly #pages = new Set<ServerResponse>()

  get size(): number {
    return this.#pages.size
  }

  /** Keeps the response open. Returns false, and does nothing, where there are too many. */
  add(response: ServerResponse): boolean {
    if (this.#pages.size >= pagesMax) return false
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    })
    response.write('retry: 1000\n\n')
    this.#pages.add(response)
    response.on('close', () => this.#pages.delete(response))
    return true
  }

  tell(event: string, data: unknown): void {
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    for (const page of this.#pages) {
      if (page.writableLength > waitingBytesMax) page.destroy()
      else page.write(text)
    }
  }

  close(): void {
    for (const page of this.#pages) page.end()
  }
}

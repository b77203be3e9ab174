// A way to a broker that can break: connections are cut, new ones refused, or nothing comes through while all stay open.
import { createServer, type Server, Socket } from 'node:net'

/** What becomes of what goes this way: it passes, it is cut off at once and every time, or nothing moves and nobody is told. */
export type Passage = 'open' | 'cut' | 'frozen'

export class FaultyProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #targetPort = 0
  #passage: Passage = 'open'

  /** Listens on the loopback interface; nothing passes before `target` is called. */
  static async start(): Promise<FaultyProxy> {
    const proxy = new FaultyProxy()
    await new Promise<void>(resolve => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  private constructor() {
    this.#server = createServer({ allowHalfOpen: false }, near => this.#accept(near))
  }

  /** Where clients connect to: what a broker behind it advertises. */
  get port(): number {
    return (this.#server.address() as { readonly port: number }).port
  }

  /** Where the broker really is. */
  target(port: number): void {
    this.#targetPort = port
  }

  set(passage: Passage): void {
    this.#passage = passage
    for (const socket of this.#sockets) {
      if (passage === 'cut') socket.resetAndDestroy()
      else if (passage === 'frozen') socket.pause()
      else socket.resume()
    }
  }

  /** Cuts what is open once; what comes then passes. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    this.set('cut')
    await new Promise(resolve => this.#server.close(resolve))
  }

  #accept(near: Socket): void {
    if (this.#passage === 'cut') {
      near.on('error', () => {})
      near.resetAndDestroy()
      return
    }
    const far = new Socket().connect(this.#targetPort, '127.0.0.1')
    this.#join(near, far)
    this.#join(far, near)
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from)
    from.on('data', bytes => to.write(bytes))
    from.on('end', () => to.end())
    from.on('error', () => {})
    from.on('close', () => {
      this.#sockets.delete(from)
      to.destroy()
    })
    if (this.#passage === 'frozen') from.pause()
  }
}

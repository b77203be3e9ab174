// Connections over sockets that an application opens itself: KafkaJS's `socketFactory`.
import type { Socket } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import {
  type ConnectOptions,
  type Connection,
  type Network,
  socketConnection,
  TimeoutError,
} from '@millrace/runtime'
import { KafkaJSNotImplemented } from './errors.ts'
import type { ISocketFactory } from './types/config.ts'

/** `ssl` goes to the factory as the application gave it. */
export function socketNetwork(factory: ISocketFactory, ssl: ConnectionOptions | undefined): Network {
  return {
    listen: () => Promise.reject(new KafkaJSNotImplemented('a socketFactory does not listen')),
    connect: options => connect(factory, ssl, options),
  }
}

function connect(
  factory: ISocketFactory,
  ssl: ConnectionOptions | undefined,
  { host, port, timeoutMs, signal }: ConnectOptions,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let socket: Socket | undefined
    const settle = (error?: Error) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket?.off('error', settle)
      if (error === undefined) return resolve(socketConnection(socket!))
      socket?.on('error', () => {})
      socket?.destroy()
      reject(error)
    }
    const onAbort = () => settle(signal?.reason as Error)
    const timer = setTimeout(
      () => settle(new TimeoutError(`connecting to ${host}:${port} took longer than ${timeoutMs} ms`)),
      timeoutMs,
    )
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      // A factory may call back before it returns.
      const onConnect = () => queueMicrotask(settle)
      socket = factory({ host, port, ssl: (ssl ?? null) as ConnectionOptions, onConnect })
      socket.once('error', settle)
    } catch (error) {
      settle(error as Error)
    }
  })
}

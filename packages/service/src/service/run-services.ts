// Runs one or several services of a process until they have stopped.
import { onProcessSignals } from './node-signals.ts'

/** How services are run. */
export interface RunOptions {
  /** Signals of the process that stop the services; the second one ends the process at once. Default SIGINT and SIGTERM; `[]` for none. */
  readonly signals?: readonly NodeJS.Signals[]
  /** Stops the services when it aborts. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** A service, as far as running it goes. */
export interface RunnableService {
  /** What it is called. */
  readonly name: string
  /** Why it failed; undefined otherwise. */
  readonly error: Error | undefined
  /** Resolves when it has stopped, however that came. */
  readonly ended: Promise<void>
  /** Starts it. Rejects with what keeps it from starting. */
  start(): Promise<void>
  /** Stops it; of one that has stopped, nothing more. */
  stop(): Promise<void>
}

const defaultSignals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM']

/**
 * Starts services, and resolves when all have stopped: by a signal of the process, by `signal`, or by themselves. When one of them fails, the others are stopped, too, and it rejects with
 * what made it fail.
 *
 * @example
 * await runServices([billing, shipping])
 */
export async function runServices(
  services: readonly RunnableService[],
  options: RunOptions = {},
): Promise<void> {
  const { signals = defaultSignals, signal } = options
  const stopAll = () => {
    for (const service of services) void service.stop()
  }
  const unlisten = onProcessSignals(signals, stopAll)
  signal?.addEventListener('abort', stopAll, { once: true })
  try {
    if (signal?.aborted) stopAll()
    else await startAll(services, stopAll)
    await Promise.all(
      services.map(service => service.ended.then(() => (service.error ? stopAll() : undefined))),
    )
    await Promise.all(services.map(service => service.stop()))
  } finally {
    unlisten()
    signal?.removeEventListener('abort', stopAll)
  }
  const failed = services.find(({ error }) => error !== undefined)
  if (failed?.error) throw failed.error
}

/** What keeps one from starting is its `error`; who was stopped before it had started has none. */
async function startAll(services: readonly RunnableService[], stopAll: () => void): Promise<void> {
  const starts = await Promise.allSettled(services.map(service => service.start()))
  if (starts.some(({ status }) => status === 'rejected')) stopAll()
}

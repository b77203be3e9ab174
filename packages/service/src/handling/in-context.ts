// The asynchronous context of a handler, for what is written because of it after it has returned: traces and logs go on there.

/** Does work in a context that was kept. */
export type InContext = <R>(work: () => R) => R

/** Work in the context of a handler, where one was kept. */
export function within<R>(inContext: InContext | undefined, work: () => R): R {
  return inContext ? inContext(work) : work()
}

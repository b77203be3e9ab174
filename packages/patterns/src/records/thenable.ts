// Tells apart what is here from what has to be waited for.

/** Whatever can be waited for: libraries, and other realms, have promises of their own. */
export function isThenable<T>(result: T | PromiseLike<T>): result is PromiseLike<T> {
  return typeof (result as { readonly then?: unknown } | null | undefined)?.then === 'function'
}

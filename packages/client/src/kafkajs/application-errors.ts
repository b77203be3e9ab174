// Errors of functions that the application has given, on their way through our client: they are thrown as they are.

const own = new WeakSet<Error>()

/** What a function of the application gives; what it throws is known as its own from there on. */
export async function ofApplication<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Error) own.add(error)
    throw error
  }
}

/** Whether an error was thrown by a function of the application. */
export function isOfApplication(error: unknown): error is Error {
  return error instanceof Error && own.has(error)
}

// What an error says beyond what was being done, which often begins its message.

/** The message of an error that came of doing `what`, for a message that begins with that itself. */
export function reasonFor(what: string, { message }: Error): string {
  const start = `${what}: `
  return message.startsWith(start) ? message.slice(start.length) : message
}

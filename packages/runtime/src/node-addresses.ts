// Names with several addresses: every one is tried before a connection fails (Kafka's `client.dns.lookup=use_all_dns_ips`), and each connection asks for them anew.

/** For `connect` of `node:net` and `node:tls`. An address that says nothing is passed over after this long, in ms, unless it is the last: Node's own 250 are less than a round trip around the world. */
export const tryEveryAddress = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1_000 } as const

/** What failed at several addresses, as one error with all that was said: Node's has no message. */
export function asOneError(error: Error): Error {
  if (!(error instanceof AggregateError) || error.message !== '') return error
  const errors = error.errors as readonly Error[]
  const whole = new Error([...new Set(errors.map(({ message }) => message))].join(', '), { cause: error })
  const { code } = error as Error & { code?: unknown }
  return Object.assign(whole, { code: code ?? (errors[0] as { code?: unknown } | undefined)?.code })
}

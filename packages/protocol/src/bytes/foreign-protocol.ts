// What a stream begins with that is not of Kafka's protocol: whoever is at the wrong port is told what is there.

/** Protocols that are taken for Kafka's by a wrong port, by how they begin. */
const beginnings: readonly (readonly [protocol: string, beginnings: readonly string[]])[] = [
  ['HTTP', ['HTTP', 'GET ', 'POST', 'PUT ', 'HEAD', 'OPTI', 'DELE', 'PATC', 'CONN', 'TRAC', 'PRI ']],
  ['SSH', ['SSH-']],
  ['Redis', ['-ERR', '+PON']],
  ['NATS', ['INFO']],
  ['AMQP', ['AMQP']],
]

/** RFC 8446, section 5.1: content types of TLS records, and the first byte of every version that there is. */
const tls = { alert: 21, handshake: 22, versionMajor: 3 } as const

/** The protocol that four bytes, the first of a stream, are the beginning of; undefined for none that is known. */
export function foreignProtocol(bytes: Buffer, at = 0): string | undefined {
  const type = bytes[at]
  if ((type === tls.alert || type === tls.handshake) && bytes[at + 1] === tls.versionMajor) return 'TLS'
  const text = bytes.toString('latin1', at, at + 4)
  return beginnings.find(([, all]) => all.includes(text))?.[0]
}

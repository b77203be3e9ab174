// Addresses as Java writes them (`InetAddress.getHostAddress`), since that is what hosts in access control entries are compared with.

/**
 * `::1` becomes `0:0:0:0:0:0:0:1`, `::ffff:10.0.0.1` becomes `10.0.0.1`; an address of IPv4, and what is no address, stays. The zone of a
 * link-local address stays, too.
 */
export function javaAddress(address: string): string {
  if (!address.includes(':')) return address
  const [plain, zone] = address.split('%', 2) as [string, string | undefined]
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)
  if (mapped) return mapped[1]!
  const [head, tail] = plain.split('::', 2) as [string, string | undefined]
  const before = groupsOf(head)
  const after = groupsOf(tail ?? '')
  const zeros = tail === undefined ? 0 : Math.max(8 - before.length - after.length, 0)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  return groups.join(':') + (zone === undefined ? '' : `%${zone}`)
}

function groupsOf(text: string): string[] {
  if (text === '') return []
  return text.split(':').flatMap(group => {
    if (!group.includes('.')) return [Number.parseInt(group, 16).toString(16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)]
  })
}

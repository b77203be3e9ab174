// `max.connections.per.ip.overrides`: limits of single addresses.
import { isIpAddress, plainAddress } from './ip-address.ts'
import { ConfigValueError } from './definition.ts'

/** `address:limit`, separated by commas. Throws ConfigValueError: a limit that cannot be read would be none. */
export function ipLimits(text: string): Map<string, number> {
  return new Map(
    text
      .split(',')
      .filter(item => item.trim() !== '')
      .map(item => limitOf(item.trim())),
  )
}

function limitOf(item: string): [string, number] {
  const colon = item.lastIndexOf(':')
  const address = item.slice(0, Math.max(colon, 0)).trim()
  const limit = item.slice(colon + 1).trim()
  if (!isIpAddress(address))
    throw new ConfigValueError(
      `"${item}" does not begin with an address; write ADDRESS:LIMIT, as in 192.0.2.1:100 (names of hosts are not looked up)`,
    )
  if (!/^\d{1,9}$/.test(limit))
    throw new ConfigValueError(`"${item}" does not end with a number of connections`)
  return [plainAddress(address), Number(limit)]
}

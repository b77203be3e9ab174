// Addresses of clients as text: what is one, and one spelling for each.

const ipv4Pattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const ipv4InIpv6 = '::ffff:'

/** Whether a text is an IPv4 or IPv6 address. */
export function isIpAddress(text: string): boolean {
  return ipv4Pattern.test(text) || (text.includes(':') && URL.canParse(`http://[${text}]/`))
}

/**
 * The spelling that addresses are compared by: IPv6 as short as it can be, and an IPv4 address that came through an IPv6 socket
 * (`::ffff:192.0.2.1`) as IPv4. What is no address stays.
 */
export function plainAddress(text: string): string {
  if (!text.includes(':')) return text
  const inner = text.slice(ipv4InIpv6.length)
  if (text.toLowerCase().startsWith(ipv4InIpv6) && ipv4Pattern.test(inner)) return inner
  return isIpAddress(text) ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : text
}

// Addresses of clients as text: what is one.

const ipv4Pattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/

/** Whether a text is an IPv4 or IPv6 address. */
export function isIpAddress(text: string): boolean {
  return ipv4Pattern.test(text) || (text.includes(':') && URL.canParse(`http://[${text}]/`))
}

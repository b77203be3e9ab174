// Names of ciphers: Java and the standards have others than OpenSSL, and so than Node.

const keyExchanges: Readonly<Record<string, string>> = {
  RSA: '',
  ECDHE_RSA: 'ECDHE-RSA-',
  ECDHE_ECDSA: 'ECDHE-ECDSA-',
  DHE_RSA: 'DHE-RSA-',
}

/** TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 is ECDHE-RSA-AES256-GCM-SHA384 to OpenSSL, which knows those of TLS 1.3 by both. */
export function opensslCipher(name: string): string {
  const match = /^TLS_(.+)_WITH_(.+)$/.exec(name)
  const exchange = match && keyExchanges[match[1]!]
  if (!match || exchange === undefined) return name
  const cipher = match[2]!
    .replace(/^(AES)_(\d+)_(GCM|CCM)/, '$1$2-$3')
    .replace(/^(AES)_(\d+)_CBC_/, '$1$2-')
    .replace(/^(CHACHA20)_(POLY1305)_SHA256$/, '$1-$2')
    .replaceAll('_', '-')
  return exchange + cipher
}

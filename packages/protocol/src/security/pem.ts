// PEM (RFC 7468), as people write it into properties: also without line breaks, or with other text around.

export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`, … */
  readonly label: string
  /** In the usual form. */
  readonly text: string
}

const blockPattern = /-{5}\s*BEGIN\s+([A-Z0-9 ]*?)\s*-{5}([\s\S]*?)-{5}\s*END\s+\1\s*-{5}/g
const lineLength = 64

export function pemBlocks(text: string): PemBlock[] {
  return Array.from(text.matchAll(blockPattern), ([, label = '', body = '']) => {
    // Headers of old private keys (Proc-Type) are lines of their own and say how to decrypt: they stay as they are.
    if (body.includes(':')) return { label, text: `-----BEGIN ${label}-----${body}-----END ${label}-----\n` }
    const lines = body.replace(/\s+/g, '').match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? []
    return { label, text: `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n` }
  })
}

/** All certificates of a text, one behind the other; empty when there is none. */
export function certificatesOf(text: string): string {
  return pemBlocks(text)
    .filter(({ label }) => label === 'CERTIFICATE')
    .map(block => block.text)
    .join('')
}

/** The first private key of a text. */
export function privateKeyOf(text: string): string | undefined {
  return pemBlocks(text).find(({ label }) => label.endsWith('PRIVATE KEY'))?.text
}

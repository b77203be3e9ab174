// The name of who owns a certificate, written as Java does (RFC 2253, `X500Principal.getName`): ACLs and mapping rules go by that text.
import { derTags, type DerValue, objectIdentifier, readDer } from './der.ts'

/** Others stand as numbers, with their value in hexadecimal. */
const keywords: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
}

/** Character sets of the kinds of text in DER. */
const encodings: Readonly<Record<number, BufferEncoding>> = {
  0x0c: 'utf8',
  0x13: 'latin1',
  0x14: 'latin1',
  0x16: 'latin1',
  0x1b: 'latin1',
  0x1e: 'utf16le',
}

/** `CN=alice,O=Example,C=US`: the subject of a certificate, its last part first. Throws RangeError for bytes that are none. */
export function subjectOf(certificate: Uint8Array): string {
  const [outer] = readDer(Buffer.from(certificate))
  const [toBeSigned] = readDer(outer?.content ?? Buffer.alloc(0))
  const fields = readDer(toBeSigned?.content ?? Buffer.alloc(0))
  // version (where it is not 1), serial number, algorithm, issuer, validity, subject
  const subject = fields[fields[0]?.tag === derTags.EXPLICIT_0 ? 5 : 4]
  if (subject?.tag !== derTags.SEQUENCE) throw new RangeError('the certificate has no subject')
  return readDer(subject.content).reverse().map(relativeName).join(',')
}

/** Mostly one attribute, else several at once (`CN=a+UID=b`). */
function relativeName({ content }: DerValue): string {
  return readDer(content)
    .map(({ content: pair }) => {
      const [type, value] = readDer(pair)
      return attribute(objectIdentifier(type!.content), value!)
    })
    .join('+')
}

function attribute(type: string, value: DerValue): string {
  const keyword = keywords[type]
  const encoding = encodings[value.tag]
  if (keyword === undefined || encoding === undefined)
    return `${keyword ?? type}=#${value.bytes.toString('hex')}`
  const text =
    encoding === 'utf16le'
      ? Buffer.from(value.content).swap16().toString(encoding)
      : value.content.toString(encoding)
  return `${keyword}=${escape(text)}`
}

function escape(text: string): string {
  const escaped = text.replace(/[,=+<>#;"\\]/g, '\\$&').replaceAll('\0', '\\00')
  return escaped.replace(/^ +| +$/g, spaces => '\\ '.repeat(spaces.length))
}

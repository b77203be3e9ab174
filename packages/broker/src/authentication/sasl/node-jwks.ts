// Gets the document of keys (JWKS) from a file or a web server.
const timeoutMs = 10_000
const documentMaxBytes = 1 << 20

/** Rejects with what is wrong; user names and passwords of a URL are not repeated. `signal` ends the wait for a server. */
export async function loadJwks(url: string, signal: AbortSignal): Promise<string> {
  const place = new URL(url)
  if (place.protocol === 'file:') return readBounded(place)
  const shown = `${place.protocol}//${place.host}${place.pathname}`
  const response = await fetch(place, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  }).catch((error: unknown) => {
    const { cause, message } = error as Error & { cause?: Error }
    throw new Error(`${shown} cannot be read: ${cause?.message ?? message}`)
  })
  if (!response.ok) throw new Error(`${shown} answers with status ${response.status}`)
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > documentMaxBytes) throw new Error(`${shown} sends more than ${documentMaxBytes} bytes`)
  }
  return text + decoder.decode()
}

async function readBounded(place: URL): Promise<string> {
  const { stat, readFile } = process.getBuiltinModule('node:fs').promises
  const found = await stat(place)
  // A pipe would keep who reads it waiting for ever.
  if (!found.isFile()) throw new Error('it is no file')
  if (found.size > documentMaxBytes) throw new Error(`it has more than ${documentMaxBytes} bytes`)
  return readFile(place, 'utf8')
}

/** What of a file changes with it, for `KeySetOptions.stamp`; a URL of another kind has nothing of it. */
export function fileStamp(url: string): string {
  try {
    const { mtimeMs, size, ino } = process.getBuiltinModule('node:fs').statSync(new URL(url))
    return `${mtimeMs} ${size} ${ino}`
  } catch {
    return 'none'
  }
}

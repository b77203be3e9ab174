// Gets the document of keys (JWKS) from a file or a web server.
const timeoutMs = 10_000
const documentMaxBytes = 1 << 20

/** Rejects with what is wrong; user names and passwords of a URL are not repeated. `signal` ends the wait for a server. */
export async function loadJwks(url: string, signal: AbortSignal): Promise<string> {
  const place = new URL(url)
  if (place.protocol === 'file:') return process.getBuiltinModule('node:fs').promises.readFile(place, 'utf8')
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

// An identity provider that does what the test says: the token endpoint of OAuth 2.0 over HTTP.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export interface Asked {
  readonly method: string | undefined
  readonly authorization: string | undefined
  readonly form: Readonly<Record<string, string>>
}

export type Answer = (response: ServerResponse, asked: Asked) => void

export interface FakeProvider {
  readonly url: string
  readonly asked: Asked[]
  /** How it answers from now on. */
  answer: Answer
}

/** A token for an hour, numbered by how often it was asked. */
export const grants: Answer = response => grant(response, { access_token: 'a-token', expires_in: 3600 })

export function grant(response: ServerResponse, fields: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(fields))
}

/** Closed with the test. */
export async function startProvider(t: TestContext, answer: Answer = grants): Promise<FakeProvider> {
  const provider = { url: '', asked: [] as Asked[], answer }
  const server: Server = createServer((request, response) => {
    void formOf(request).then(form => {
      const asked = { method: request.method, authorization: request.headers.authorization, form }
      provider.asked.push(asked)
      provider.answer(response, asked)
    })
  }).listen(0, '127.0.0.1')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`
  return provider
}

async function formOf(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
}

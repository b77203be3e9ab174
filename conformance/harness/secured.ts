// A broker of either kind with the same secured listeners, by the same properties: what `server.properties` of Apache Kafka says works for both.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TestAuthority } from '@millrace/testkit/certificates'
import { type Engine, type EngineOptions, freePorts } from './engine.ts'
import type { Stage } from './stage.ts'

export const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const

/** Addresses and files, as the programs of the scenarios find them in their environment. */
export interface Secured {
  readonly engine: Engine
  readonly environment: Readonly<Record<string, string>>
}

const module = (name: string) => `org.apache.kafka.common.security.${name} required`

const jaas: Readonly<Record<(typeof mechanisms)[number], string>> = {
  PLAIN: `${module('plain.PlainLoginModule')} user_alice="alice-secret";`,
  'SCRAM-SHA-256': `${module('scram.ScramLoginModule')};`,
  'SCRAM-SHA-512': `${module('scram.ScramLoginModule')};`,
  OAUTHBEARER: `${module('oauthbearer.OAuthBearerLoginModule')};`,
}

const dayMs = 86_400_000

/**
 * Listeners: `OPEN` without anything, `PLAIN_LOGIN` with SASL alone, `LOGIN` with SASL over TLS, `MUTUAL` with certificates of clients, `LATE`
 * with a certificate that has expired. User alice of PLAIN has the password alice-secret, bob of SCRAM bob-secret.
 */
export async function startSecured(
  stage: Stage,
  create: (options: Omit<EngineOptions, 'dir'>) => Promise<Engine> = stage.newEngine,
): Promise<Secured> {
  const names = ['OPEN', 'PLAIN_LOGIN', 'LOGIN', 'MUTUAL', 'LATE', 'CONTROLLER']
  const ports = await freePorts(names.length)
  const address = (listener: string) => `127.0.0.1:${ports[names.indexOf(listener)]}`
  const listeners = (list: readonly string[]) => list.map(each => `${each}://${address(each)}`).join(',')
  const files = certificates(stage.dir)
  const own = names.filter(each => each !== 'CONTROLLER')
  const properties: Record<string, string> = {
    listeners: listeners(names),
    'advertised.listeners': listeners(own),
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': `1@${address('CONTROLLER')}`,
    'inter.broker.listener.name': 'OPEN',
    'listener.security.protocol.map':
      'CONTROLLER:PLAINTEXT,OPEN:PLAINTEXT,PLAIN_LOGIN:SASL_PLAINTEXT,LOGIN:SASL_SSL,MUTUAL:SSL,LATE:SASL_SSL',
    'sasl.enabled.mechanisms': mechanisms.join(','),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': files.server,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': files.ca,
    'listener.name.late.ssl.keystore.location': files.late,
    'listener.name.mutual.ssl.client.auth': 'required',
  }
  for (const listener of ['plain_login', 'login', 'late']) {
    for (const mechanism of mechanisms)
      properties[`listener.name.${listener}.${mechanism.toLowerCase()}.sasl.jaas.config`] = jaas[mechanism]
  }
  const engine = await create({ properties })
  await engine.start()
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512']) {
    const user = ['--alter', '--entity-type', 'users', '--entity-name', 'bob']
    const config = `${mechanism}=[iterations=4096,password=bob-secret]`
    const bootstrap = ['--bootstrap-server', address('OPEN')]
    await stage.java('kafka.admin.ConfigCommand', [...bootstrap, ...user, '--add-config', config])
  }
  const environment = {
    ...Object.fromEntries(own.map(each => [each, address(each)])),
    BOOTSTRAP: address('OPEN'),
    CA: files.ca,
    CLIENT: files.client,
    CLIENT_CERT: files.clientCert,
    CLIENT_KEY: files.clientKey,
  }
  return { engine, environment }
}

/** Writes an authority and what it signs into a folder; returns the paths. */
function certificates(dir: string) {
  const authority = new TestAuthority()
  const server = authority.issue({ subject: [['CN', 'server']] })
  const client = authority.issue({ subject: [['CN', 'client']] })
  const late = authority.issue({ subject: [['CN', 'late']], notAfter: new Date(Date.now() - dayMs / 2) })
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
  }
  return {
    ca: file('ca.pem', authority.cert),
    server: file('server.pem', server.key + server.cert),
    late: file('late.pem', late.key + late.cert),
    client: file('client.pem', client.key + client.cert),
    clientCert: file('client-cert.pem', client.cert),
    clientKey: file('client-key.pem', client.key),
  }
}

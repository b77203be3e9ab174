// The broker that is attacked: one listener in plain text, one with logins, one with logins over TLS.
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { TestAuthority } from '@millrace/testkit/certificates'
import { freePorts } from '../../conformance/harness/engine.ts'
import { mechanisms, user } from './login.ts'

const module = (name: string) => `org.apache.kafka.common.security.${name} required`

export interface Ports {
  readonly plain: number
  readonly login: number
  readonly secure: number
}

export class Target {
  readonly ports: Ports
  /** Who trusts it trusts the listener with TLS. */
  readonly ca: string
  readonly #broker: ChildProcess
  #exit: string | undefined
  /** Rejects when the broker ends by itself. */
  readonly death: Promise<never>

  private constructor(broker: ChildProcess, ports: Ports, ca: string) {
    this.ports = ports
    this.ca = ca
    this.#broker = broker
    this.death = new Promise((_, reject) => {
      broker.on('exit', (code, signal) => {
        this.#exit = `code ${code}, signal ${signal}`
        reject(new Error(`the broker died: ${this.#exit}`))
      })
    })
    // Somebody waits for it, or it is ended in good order.
    this.death.catch(() => {})
  }

  /** Starts it on an empty directory and returns when it serves. */
  static async start(directory: string): Promise<Target> {
    const [plain, login, secure] = (await freePorts(3)) as [number, number, number]
    const ports = { plain, login, secure }
    const authority = new TestAuthority()
    const { key, cert } = authority.issue({ subject: [['CN', 'server']] })
    const pem = join(directory, 'server.pem')
    writeFileSync(pem, key + cert)
    const settings = Object.entries(propertiesOf(ports, pem)).flatMap(([name, value]) => [
      '-X',
      `${name}=${value}`,
    ])
    const users = mechanisms
      .filter(name => name.startsWith('SCRAM'))
      .flatMap(name => ['--add-scram', `${name}=[name=${user.name},password=${user.password}]`])
    const bin = new URL('../../packages/millrace/bin/millrace.js', import.meta.url).pathname
    const where = ['--data-dir', join(directory, 'data'), '--log-format', 'json', '--quiet']
    const broker = spawn(process.execPath, [bin, 'up', ...where, ...settings, ...users], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const target = new Target(broker, ports, authority.cert)
    await Promise.race([ready(broker), target.death])
    return target
  }

  get pid(): number {
    return this.#broker.pid!
  }

  get isDead(): boolean {
    return this.#exit !== undefined
  }

  async stop(): Promise<void> {
    if (this.isDead) return
    const ended = new Promise(resolve => this.#broker.once('exit', resolve))
    this.#broker.kill('SIGTERM')
    await ended
  }
}

function propertiesOf({ plain, login, secure }: Ports, pem: string): Record<string, string> {
  const jaas = (listener: string) => ({
    [`listener.name.${listener}.plain.sasl.jaas.config`]: `${module('plain.PlainLoginModule')} user_${user.name}="${user.password}";`,
    [`listener.name.${listener}.oauthbearer.sasl.jaas.config`]: `${module('oauthbearer.OAuthBearerLoginModule')};`,
  })
  return {
    listeners: `PLAIN://127.0.0.1:${plain},LOGIN://127.0.0.1:${login},SECURE://127.0.0.1:${secure}`,
    'listener.security.protocol.map': 'PLAIN:PLAINTEXT,LOGIN:SASL_PLAINTEXT,SECURE:SASL_SSL',
    'sasl.enabled.mechanisms': mechanisms.join(','),
    ...jaas('login'),
    ...jaas('secure'),
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': pem,
    // Attackers wait for nothing.
    'connection.failed.authentication.delay.ms': '0',
    'http.listener': '',
  }
}

async function ready(broker: ChildProcess): Promise<void> {
  for await (const line of createInterface(broker.stdout!)) {
    if (!line.includes('ready on')) continue
    broker.stdout!.resume()
    return
  }
}

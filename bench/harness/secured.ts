// A broker that listens in plain text and over TLS, by the same properties for both kinds.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TestAuthority } from '@millrace/testkit/certificates'
import { type Engine, freePorts } from '../../conformance/harness/engine.ts'
import { benchDir, type Side, withEngine } from './sides.ts'

export interface SecuredEngine {
  readonly engine: Engine
  /** `host:port` of each listener. */
  readonly plain: string
  readonly tls: string
  /** The certificate of the authority, as PEM. */
  readonly caFile: string
  /** Properties of a Java client that connects to the listener with TLS. */
  readonly configFile: string
}

/** What all clients and brokers agree on, so that all of them pay for the same. */
export const tlsProtocol = 'TLSv1.3'
export const tlsCipher = 'TLS_AES_256_GCM_SHA384'

/** Runs `work` against a started broker in a fresh folder, which is removed afterwards with the certificates. */
export async function withSecuredEngine<T>(
  side: Side,
  work: (secured: SecuredEngine) => Promise<T>,
): Promise<T> {
  const [plain, tls, controller] = (await freePorts(3)).map(port => `127.0.0.1:${port}`)
  const dir = mkdtempSync(join(benchDir, 'certificates-'))
  try {
    const { serverFile, ...files } = writeFiles(dir)
    const properties = {
      listeners: `PLAINTEXT://${plain},SSL://${tls},CONTROLLER://${controller}`,
      'advertised.listeners': `PLAINTEXT://${plain},SSL://${tls}`,
      'controller.listener.names': 'CONTROLLER',
      'controller.quorum.voters': `1@${controller}`,
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': serverFile,
      'ssl.enabled.protocols': tlsProtocol,
      'ssl.cipher.suites': tlsCipher,
    }
    return await withEngine(side, engine => work({ engine, plain: plain!, tls: tls!, ...files }), properties)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function writeFiles(dir: string) {
  const authority = new TestAuthority()
  const server = authority.issue({ subject: [['CN', 'server']] })
  const file = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
  }
  const caFile = file('ca.pem', authority.cert)
  const trust = `security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location=${caFile}\n`
  return {
    caFile,
    serverFile: file('server.pem', server.key + server.cert),
    configFile: file('client.properties', trust),
  }
}

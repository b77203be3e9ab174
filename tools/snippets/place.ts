// Where the snippets of one page run: an empty directory of a reader's, and a broker on a free port.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import type { Reader } from './reader.ts'

/** Broker, directory and environment for the snippets of one page. */
export class Place implements AsyncDisposable {
  readonly directory: string
  readonly environment: NodeJS.ProcessEnv
  readonly address: string
  readonly #httpAddress: string
  /** For the secured broker of a page, which stops and starts. */
  readonly #freePort: number
  readonly #broker: ChildProcess

  private constructor(
    directory: string,
    environment: NodeJS.ProcessEnv,
    { address, httpAddress, freePort }: Addresses & { readonly freePort: number },
    broker: ChildProcess,
  ) {
    this.directory = directory
    this.environment = {
      ...environment,
      MILLRACE_BROKERS: address,
      KAFKA_URI: address,
      // Nothing of who runs this is read or written.
      MILLRACE_CONFIG: join(directory, 'contexts.json'),
    }
    this.address = address
    this.#httpAddress = httpAddress
    this.#freePort = freePort
    this.#broker = broker
  }

  static async open({ directory: parent, environment, broker: [node, entry] }: Reader): Promise<Place> {
    const directory = mkdtempSync(join(parent, 'page-'))
    const up = ['up', '--port', '0', '--data-dir', join(directory, 'broker'), '-q']
    const broker = spawn(node, [entry, ...up, '-X', 'http.listener=127.0.0.1:0'], {
      cwd: directory,
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    // Nothing outlives this process, however it ends.
    const kill = () => broker.kill('SIGKILL')
    process.once('exit', kill)
    broker.once('close', () => process.off('exit', kill))
    const addresses = { ...(await addressesOf(broker)), freePort: await freePort() }
    return new Place(directory, environment, addresses, broker)
  }

  /** Text of a page with the well-known address, port and directory in it turned into those of this place. */
  localise(text: string): string {
    return text
      .replaceAll(/(?:127\.0\.0\.1|localhost):9092\b/g, this.address)
      .replaceAll(/(?:127\.0\.0\.1|localhost):9404\b/g, this.#httpAddress)
      .replaceAll(/((?:127\.0\.0\.1|localhost):)9093\b/g, `$1${this.#freePort}`)
      .replaceAll('--port 19092', '--port 0')
      .replaceAll('/tmp/millrace', join(this.directory, 'millrace'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise(resolve => this.#broker.once('close', resolve))
    if (this.#broker.exitCode === null && this.#broker.kill('SIGTERM')) await ended
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** `HOST:PORT` of Kafka's protocol and of HTTP. */
interface Addresses {
  readonly address: string
  readonly httpAddress: string
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

function addressesOf(broker: ChildProcess): Promise<Addresses> {
  return new Promise((resolve, reject) => {
    let output = ''
    broker.stdout!.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const [, address, httpAddress] = /ready on (\S+) .*metrics on http:\/\/([^,]+),/.exec(output) ?? []
      if (address !== undefined && httpAddress !== undefined) resolve({ address, httpAddress })
    })
    broker.once('error', reject)
    broker.once('close', code =>
      reject(new Error(`the broker ended with ${code} before it was ready: ${output}`)),
    )
  })
}

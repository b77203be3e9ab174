// Logins and TLS: the course of SASL request by request beside Apache Kafka, and foreign clients with every mechanism, right and wrong.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ApacheKafka } from '../harness/apache-kafka.ts'
import { goProgram, type ForeignProgram, programLibs, python } from '../harness/install.ts'
import { toolJava } from '../harness/java.ts'
import { conformanceDir, programsDir } from '../harness/paths.ts'
import { startSecured } from '../harness/secured.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

const login: Scenario = {
  name: 'login',
  title: 'SASL step by step, good and bad, and changes of users: Millrace answers as Apache Kafka does',
  engines: ['millrace'],
  needs: [],
  ownEngine: true,
  async run(stage) {
    const dir = join(stage.dir, 'oracle')
    mkdirSync(dir, { recursive: true })
    const ours = await startSecured(stage)
    stage.engine = ours.engine
    const theirs = await startSecured(stage, options => ApacheKafka.create({ ...options, dir }))
    const port = (side: typeof ours, listener: string) => side.environment[listener]!.split(':').at(-1)!
    try {
      const script = join(conformanceDir, 'wire', 'login.ts')
      await stage.program('login', process.execPath, ['--conditions=@millrace/source', script], {
        env: {
          BOOTSTRAP: ours.environment['OPEN']!,
          OURS_OPEN: port(ours, 'OPEN'),
          OURS_LOGIN: port(ours, 'PLAIN_LOGIN'),
          THEIRS_OPEN: port(theirs, 'OPEN'),
          THEIRS_LOGIN: port(theirs, 'PLAIN_LOGIN'),
        },
      })
    } finally {
      await theirs.engine.kill9()
    }
  },
}

function clients(
  name: string,
  title: string,
  needs: readonly ForeignProgram[],
  command: string,
  args: readonly string[],
): Scenario {
  return {
    name,
    title,
    needs,
    ownEngine: true,
    async run(stage) {
      const { engine, environment } = await startSecured(stage)
      stage.engine = engine
      await stage.program(name, command, args, { env: environment })
    },
  }
}

const kcat: Scenario = {
  name: 'secure-kcat',
  title: 'kcat over TLS: a password, an unsigned token, a certificate; what is refused',
  needs: ['kcat'],
  ownEngine: true,
  async run(stage) {
    const { environment } = await startSecured(stage)
    const { LOGIN, MUTUAL, LATE, OPEN, CA, CLIENT_CERT, CLIENT_KEY } = environment as Record<string, string>
    const login = (mechanism: string) =>
      settings({ 'security.protocol': 'sasl_ssl', 'ssl.ca.location': CA!, 'sasl.mechanism': mechanism })
    const plain = (password: string) => [
      ...login('PLAIN'),
      ...settings({ 'sasl.username': 'alice', 'sasl.password': password }),
    ]
    const token = [
      ...login('OAUTHBEARER'),
      ...settings({
        'enable.sasl.oauthbearer.unsecure.jwt': 'true',
        'sasl.oauthbearer.config': 'principal=dora',
      }),
    ]
    const certificate = settings({
      'security.protocol': 'ssl',
      'ssl.ca.location': CA!,
      'ssl.certificate.location': CLIENT_CERT!,
      'ssl.key.location': CLIENT_KEY!,
    })
    await stage.check('PLAIN', () => lists(stage, LOGIN!, plain('alice-secret')))
    await stage.check('OAUTHBEARER', () => lists(stage, LOGIN!, token))
    await stage.check('a certificate', () => lists(stage, MUTUAL!, certificate))
    await stage.check('a wrong password', () =>
      isRefused(stage, LOGIN!, plain('wrong'), /Authentication failed: Invalid username or password/),
    )
    await stage.check('a certificate of the broker that has expired', () =>
      isRefused(stage, LATE!, plain('alice-secret'), /certificate verify failed|certificate has expired/),
    )
    await stage.check('no certificate where one is wanted', () =>
      isRefused(
        stage,
        MUTUAL!,
        settings({ 'security.protocol': 'ssl', 'ssl.ca.location': CA! }),
        /alert|SSL/,
      ),
    )
    await stage.check('plain text on a port with TLS', () =>
      isRefused(stage, LOGIN!, [], /Disconnected|transport failure/),
    )
    await stage.check('TLS on a port without', () =>
      isRefused(stage, OPEN!, settings({ 'security.protocol': 'ssl', 'ssl.ca.location': CA! }), /SSL/),
    )
    await stage.check('and all goes on', () => lists(stage, LOGIN!, plain('alice-secret')))
  },
}

const settings = (pairs: Readonly<Record<string, string>>): string[] =>
  Object.entries(pairs).flatMap(([name, value]) => ['-X', `${name}=${value}`])

async function lists(stage: Stage, address: string, args: readonly string[]): Promise<void> {
  const { stdout } = await stage.run('kcat', ['-L', '-m', '15', '-b', address, ...args])
  if (!/1 brokers:/.test(stdout)) throw new Error(stdout)
}

async function isRefused(
  stage: Stage,
  address: string,
  args: readonly string[],
  message: RegExp,
): Promise<void> {
  const { stdout, stderr } = await stage.run('kcat', ['-L', '-m', '3', '-b', address, ...args], {
    codes: [1],
  })
  if (!message.test(stderr)) throw new Error(`${stdout}\n${stderr}`)
}

export const security: readonly Scenario[] = [
  login,
  kcat,
  clients(
    'secure-java',
    "Java's clients over TLS with every mechanism, certificates, wrong passwords and expired certificates",
    ['java'],
    'java',
    toolJava(programLibs, 'SecurityConformance'),
  ),
  clients(
    'secure-python',
    'confluent-kafka (librdkafka) and kafka-python over TLS with every mechanism, right and wrong',
    ['python'],
    python,
    [join(programsDir, 'python', 'security.py')],
  ),
  clients(
    'secure-go',
    'franz-go and sarama over TLS with every mechanism, right and wrong',
    ['go'],
    goProgram('security'),
    [],
  ),
]

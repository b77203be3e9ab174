// TLS and login as the command line says them, turned into client settings by their Kafka names.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ClusterOptions, Context } from '../context.ts'
import { UsageError } from '../output/errors.ts'
import { readText } from './read-text.ts'
import { readSecret } from './secret.ts'
import { parseSettings } from './settings.ts'
import { readTarget } from './target.ts'

const passwordVariable = 'MILLRACE_PASSWORD'

/** The settings that stand for the options, `name=value` each, those of `--set` last, so that they count. Throws UsageError. */
export async function withLoginSettings(
  options: ClusterOptions,
  context: Context,
  keepsPassword: boolean,
): Promise<string[]> {
  const named = {
    ...(await commandConfig(options, context)),
    ...tlsSettings(options),
    ...saslSettings(options),
  }
  const set = [...Object.entries(named).map(([name, value]) => `${name}=${value}`), ...options.set]
  const password = await passwordOf({ ...options, set }, context, keepsPassword)
  return password === undefined ? set : [...set, `sasl.password=${password}`]
}

function tlsSettings({
  ca,
  cert,
  certKey,
  tls,
  saslMechanism,
  tokenFile,
}: ClusterOptions): Record<string, string> {
  const isTls = tls ?? (ca !== undefined || cert !== undefined)
  const isSasl = saslMechanism !== undefined || tokenFile !== undefined
  return {
    ...((isTls || isSasl) && {
      'security.protocol': `${isSasl ? 'SASL_' : ''}${isTls ? 'SSL' : 'PLAINTEXT'}`,
    }),
    ...(ca !== undefined && { 'ssl.ca.location': resolve(ca) }),
    ...(cert !== undefined && { 'ssl.certificate.location': resolve(cert) }),
    ...((certKey ?? cert) !== undefined && { 'ssl.key.location': resolve(certKey ?? cert!) }),
  }
}

function saslSettings({ saslMechanism, username, tokenFile }: ClusterOptions): Record<string, string> {
  return {
    ...(saslMechanism !== undefined && { 'sasl.mechanism': saslMechanism.toUpperCase() }),
    ...(username !== undefined && { 'sasl.username': username }),
    ...(tokenFile !== undefined && {
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.oauthbearer.token.endpoint.url': pathToFileURL(resolve(tokenFile)).href,
    }),
  }
}

/** Where a user is named and no password. What a context is to keep is not asked for. */
async function passwordOf(
  options: ClusterOptions,
  context: Context,
  keepsPassword: boolean,
): Promise<string | undefined> {
  const { passwordFile } = options
  const settings = keepsPassword ? parseSettings(options.set, '--set') : readTarget(options, context).settings
  const username = settings['sasl.username']
  if (options.username !== undefined && !('sasl.mechanism' in settings || 'sasl.mechanisms' in settings))
    throw new UsageError(
      '--username is without a mechanism to log in by',
      '--sasl-mechanism names one that the broker has, such as scram-sha-512',
    )
  if (username === undefined) {
    if (passwordFile !== undefined)
      throw new UsageError('--password-file is without a user', '--username says whose it is')
    return undefined
  }
  if (settings['sasl.password'] !== undefined && passwordFile === undefined) return undefined
  if (keepsPassword && passwordFile === undefined) return undefined
  return readSecret(context, {
    what: `the password of user "${username}"`,
    file: passwordFile,
    fileOption: '--password-file',
    variable: passwordVariable,
  })
}

/** A file as Kafka's own tools take it. What only producers, consumers or Java know is passed over with a note. */
async function commandConfig(
  { commandConfig: path }: ClusterOptions,
  context: Context,
): Promise<Record<string, string>> {
  if (path === undefined) return {}
  const text = await readText(path, '--command-config', context)
  const [{ parseProperties }, { isClusterOption }] = await Promise.all([
    import('@millrace/broker'),
    import('@millrace/client'),
  ])
  let given: Readonly<Record<string, string>>
  try {
    given = parseProperties(text)
  } catch (error) {
    throw new UsageError(`--command-config ${path}: ${(error as Error).message}`)
  }
  const used = Object.entries(given).filter(([name]) => isClusterOption(name))
  const unused = Object.keys(given).filter(name => !isClusterOption(name))
  if (unused.length > 0) context.terminal.note(`${path}: not used here: ${unused.join(', ')}`)
  return Object.fromEntries(used)
}

// The authorizer that the configuration asks for. Its code is loaded only where one is.
import type { BurstFilter } from '../burst-filter.ts'
import type { BrokerConfig } from '../config/broker-config.ts'
import { ConfigError } from '../config/definition.ts'
import type { Logger } from '../logger.ts'
import type { AclSet } from './acl-set.ts'
import type { Authorizer } from './authorizer.ts'

/** The only `authorizer.class.name` there is. */
export const standardAuthorizerClass = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'

/** Undefined where no class is named. Throws `ConfigError` for another class, and for super users that are no principals. */
export async function openAuthorizer(
  config: BrokerConfig,
  acls: AclSet,
  logger: Logger,
  burstFilter: BurstFilter,
): Promise<Authorizer | undefined> {
  const className = config.get('authorizer.class.name')
  if (className === '') return undefined
  if (className !== standardAuthorizerClass) {
    throw new ConfigError(
      'authorizer.class.name',
      `authorizer.class.name: there is no ${className} here, only ${standardAuthorizerClass}; leave it empty for no authorization`,
    )
  }
  const superUsers = superUsersOf(config.get('super.users'))
  const allowIfNoAcl = config.get('allow.everyone.if.no.acl.found')
  const [{ StandardAuthorizer }, { AuditLog }] = await Promise.all([
    import('./standard-authorizer.ts'),
    import('./audit.ts'),
  ])
  const audit = new AuditLog(logger, burstFilter, () => config.get('authorizer.audit.allowed.ratio'))
  logger.log('info', 'authorizer.opened', { superUsers: [...superUsers], allowIfNoAcl, acls: acls.size })
  return new StandardAuthorizer(acls, { superUsers, allowIfNoAcl }, audit)
}

function superUsersOf(text: string): ReadonlySet<string> {
  const users = text
    .split(';')
    .map(user => user.trim())
    .filter(user => user !== '')
  for (const user of users) {
    if (user.includes(':')) continue
    throw new ConfigError(
      'super.users',
      `super.users: expected principals in the form principalType:principalName, divided by ";", but got ${user}: write User:${user}`,
    )
  }
  return new Set(users)
}

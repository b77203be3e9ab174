// Properties of authorization: who may do what, and what is written down about it.
import { boolean, double, string } from '../definition.ts'

export const authorizationConfigs = {
  'authorizer.class.name': string({
    default: '',
    importance: 'LOW',
    doc: 'Empty: everybody may do everything. "org.apache.kafka.metadata.authorizer.StandardAuthorizer": only what ACLs allow, and super users everything.',
  }),
  // Of Apache Kafka's authorizer rather than of its broker, which does not list them unless they are set.
  'super.users': string({
    default: '',
    importance: 'HIGH',
    doc: 'Principals that may do everything whatever ACLs say, divided by ";": User:admin;User:CN=broker.',
  }),
  'allow.everyone.if.no.acl.found': boolean({
    default: false,
    importance: 'MEDIUM',
    doc: 'Whether everybody may use a resource that no ACL at all is about. Only where an authorizer is named.',
  }),
  'authorizer.audit.allowed.ratio': double({
    default: 0,
    min: 0,
    max: 1,
    importance: 'LOW',
    update: 'CLUSTER_WIDE',
    doc: 'Share of what the authorizer allows that is written to the audit log (events "authorizer.audit"), evenly spread: 0.01 is every hundredth. Of what it denies so many lines a second are written, and the others counted.',
  }),
} as const

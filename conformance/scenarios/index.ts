// Every scenario, in the order in which a whole run takes them.
import type { Scenario } from '../harness/stage.ts'
import { applications, ordersChaos } from './applications.ts'
import { clientMetrics } from './client-metrics.ts'
import { dumpLog } from './dump-log.ts'
import { goClients } from './go-clients.ts'
import { javaClients } from './java-clients.ts'
import { kafkaAcls } from './kafka-acls.ts'
import { kafkaConnect } from './kafka-connect.ts'
import { kafkaGroups } from './kafka-groups.ts'
import { kafkaTools } from './kafka-tools.ts'
import { kafkaTransactions } from './kafka-transactions.ts'
import { kcat } from './kcat.ts'
import { monitoring } from './monitoring.ts'
import { formats, integration, racks, recovery, severalBrokers } from './own-checks.ts'
import { quotas, throttling } from './quotas.ts'
import { nestjs } from './nestjs.ts'
import { restart } from './restart.ts'
import { scriptedClients } from './scripted-clients.ts'
import { stores } from './stores.ts'
import { torture } from './torture.ts'
import { verifiableClients } from './verifiable.ts'
import { security } from './security.ts'
import { wire } from './wire.ts'

export const scenarios: readonly Scenario[] = [
  kcat,
  kafkaTools,
  kafkaGroups,
  kafkaTransactions,
  quotas,
  throttling,
  kafkaAcls,
  verifiableClients,
  clientMetrics,
  kafkaConnect,
  ...javaClients,
  ...goClients,
  ...scriptedClients,
  integration,
  stores,
  applications,
  monitoring,
  ordersChaos,
  nestjs,
  restart,
  dumpLog,
  formats,
  racks,
  severalBrokers,
  recovery,
  torture,
  ...security,
  wire,
]

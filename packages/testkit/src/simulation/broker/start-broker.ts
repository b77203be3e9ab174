// Starts the real broker inside a simulated process.
import { RunningBroker } from '@millrace/broker/internal'
import type { Disk } from '@millrace/log'
import type { SimHost } from '../../sim/index.ts'
import { brokerPort } from './run.ts'
import type { Scenario } from './scenario.ts'

export const dataDirectory = 'data'

export function startBroker(host: SimHost, disk: Disk, scenario: Scenario): Promise<RunningBroker> {
  return RunningBroker.start({
    host: '127.0.0.1',
    port: brokerPort,
    dataDir: dataDirectory,
    clock: host.clock,
    random: host.random,
    network: host.network,
    disk,
    config: { 'log.fsync': scenario.fsync },
    storageLimits: scenario.storageLimits,
  })
}

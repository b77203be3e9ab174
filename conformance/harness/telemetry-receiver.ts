// The plug-in with which Apache Kafka takes in what clients push (KIP-714): without one it offers them no such thing.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { conformanceDir } from './paths.ts'
import { run } from './process.ts'

/** One value that the plug-in has taken in. */
export interface Received {
  readonly clientId: string
  readonly instanceId: string
  readonly terminating: boolean
  readonly name: string
  readonly value: number
  /** `name=value,…` */
  readonly attributes: string
  /** What all values of the push are about, in the same form. */
  readonly resource: string
}

export interface TelemetryReceiver {
  /** The folder of its classes. */
  readonly plugins: string
  /** Of the broker that it is to work in. */
  readonly properties: Readonly<Record<string, string>>
  /** What has come so far. */
  readonly received: () => Received[]
}

/** Compiles the plug-in into `dir`, with the class path of Apache Kafka. */
export async function telemetryReceiver(dir: string, libs: string): Promise<TelemetryReceiver> {
  const file = join(dir, 'received.tsv')
  const plugins = join(dir, 'plugins')
  const source = join(conformanceDir, 'java', 'TelemetryReceiver.java')
  await run('javac', ['-nowarn', '-cp', libs, '-d', plugins, source], {
    logFile: join(dir, 'javac.log'),
    timeoutMs: 60_000,
  })
  const properties = { 'metric.reporters': 'TelemetryReceiver', 'telemetry.receiver.file': file }
  return { plugins, properties, received: () => receivedIn(file) }
}

function receivedIn(file: string): Received[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
  return lines.map(line => {
    const [clientId, instanceId, terminating, name, value, attributes, resource] = line.split('\t')
    return {
      clientId: clientId!,
      instanceId: instanceId!,
      terminating: terminating === 'true',
      name: name!,
      value: Number(value),
      attributes: attributes!,
      resource: resource!,
    }
  })
}

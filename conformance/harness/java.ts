// Java with Apache Kafka's jars: how to start it for a broker, for a tool, for a program of ours.
import { join } from 'node:path'
import { conformanceDir } from './paths.ts'

/** Short-lived tools: compile little, collect simply. Halves the start of a JVM on a small machine. */
const toolFlags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', '-Xmx384m']
const brokerFlags = ['-XX:+UseSerialGC', '-Xmx512m']

const log4j = (name: string): string =>
  `-Dlog4j2.configurationFile=${join(conformanceDir, 'harness', 'kafka', name)}`

/** Arguments of `java` for the broker. `libs` is the class path, with Java's own `/*`. */
export const brokerJava = (
  libs: string,
  flags: readonly string[] = brokerFlags,
  ...args: string[]
): string[] => [...flags, log4j('log4j2-broker.xml'), '-cp', libs, ...args]

/** Arguments of `java` for a program whose speed counts: Java's own defaults. */
export const clientJava = (libs: string, ...args: string[]): string[] => [
  log4j('log4j2-tools.xml'),
  '-cp',
  libs,
  ...args,
]

/** Arguments of `java` for one of Kafka's tools or a program of ours. */
export const toolJava = (libs: string, ...args: string[]): string[] => [
  ...toolFlags,
  ...clientJava(libs, ...args),
]

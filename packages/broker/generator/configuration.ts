// Writes CONFIGURATION.md out of the tables of properties: `node packages/broker/generator/configuration.ts`. A test holds the page to them.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brokerTable, unusedProperties } from '../src/config/broker-table.ts'
import type { ConfigTable } from '../src/config/definition.ts'
import { groupSynonym, groupTable } from '../src/config/group-table.ts'
import { topicSynonyms, topicTable } from '../src/config/topic-table.ts'

export const configurationPath = fileURLToPath(new URL('../CONFIGURATION.md', import.meta.url))

/** The page as the tables of now have it. */
export function configurationPage(): string {
  const lines = [
    '# Configuration',
    '',
    'Properties have the names and, unless said otherwise, the defaults of Apache Kafka 4.3. They come from a properties file, from',
    'environment variables (`KAFKA_LOG_RETENTION_MS` or `MILLRACE_LOG_RETENTION_MS` for `log.retention.ms`) and from `config` of',
    '`Broker.start`. A property that does not exist is an error that names the nearest one that does; only from the environment, where others',
    'have variables of these prefixes, too, it is a warning.',
    '',
    '## Broker',
    '',
    '"Live" properties can be changed while the broker runs (IncrementalAlterConfigs), for this broker or for all. Names that nobody knows can',
    'be set there, too, as in Apache Kafka: they are kept for who reads them, and their values are shown to nobody.',
    '',
    '| Property | Type | Default | Live | Meaning |',
    '|---|---|---|---|---|',
    ...rows(brokerTable, ({ update }) => (update === 'READ_ONLY' ? '' : 'yes')),
    '',
    'Properties of TLS and SASL can be given to one listener, with `listener.name.NAME.` in front, and those of SASL to one mechanism of it',
    '(`listener.name.internal.plain.sasl.jaas.config`); the name in lower case. That goes before the property alone.',
    '',
    '## Topics',
    '',
    'All can be changed at any time and hold from the next request on. A topic that does not set one has the value of the broker.',
    '',
    '| Property | Type | Default | From the broker’s | Meaning |',
    '|---|---|---|---|---|',
    ...rows(topicTable, (_, name) => code((topicSynonyms as Record<string, string | undefined>)[name])),
    '',
    '## Groups',
    '',
    'Settings that a group can have of its own (`kafka-configs --entity-type groups`, `admin.alterConfigs`), whether it exists or not. They are of the',
    'protocols in which the broker divides the work, and without effect as long as those are not served.',
    '',
    '| Property | Type | Default | From the broker’s | Meaning |',
    '|---|---|---|---|---|',
    ...rows(groupTable, (_, name) => code(groupSynonym(name))),
    '',
    '## Without effect',
    '',
    'Properties of Apache Kafka that mean nothing on one node, or nothing yet. They are taken with a warning and reported by',
    'DescribeConfigs: a configuration that was written for Apache Kafka works.',
    '',
    ...withoutEffect(),
    '',
  ]
  return lines.join('\n')
}

/** Names by the reason why they have no effect. */
function withoutEffect(): string[] {
  const byReason = new Map<string, string[]>()
  for (const [name, { doc }] of unusedProperties()) {
    byReason.set(doc, [...(byReason.get(doc) ?? []), name])
  }
  return [...byReason].flatMap(([doc, names], index) => [
    ...(index > 0 ? [''] : []),
    `- ${doc.replace(/ Accepted and reported, without effect.$/, '')} ${names.sort().map(code).join(', ')}`,
  ])
}

type Row = ConfigTable[string]

function rows(table: ConfigTable, fourth: (row: Row, name: string) => string): string[] {
  return Object.entries(table).map(([name, row]) => {
    const cells = [
      code(name),
      row.type.toLowerCase(),
      code(row.defaultText ?? ''),
      fourth(row, name),
      row.doc,
    ]
    return `| ${cells.join(' | ').replace(/ +/g, ' ')} |`
  })
}

function code(text: string | undefined): string {
  return text === undefined || text === '' ? '' : `\`${text}\``
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(configurationPath, configurationPage())

// Writes CONFIGURATION.md out of the tables of properties: `node packages/broker/generator/configuration.ts`. A test holds the page to them.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brokerTable } from '../src/config/broker-table.ts'
import type { ConfigTable } from '../src/config/definition.ts'
import { topicSynonyms, topicTable } from '../src/config/topic-table.ts'
import { unusedProperties } from '../src/config/unused-table.ts'

export const configurationPath = fileURLToPath(new URL('../CONFIGURATION.md', import.meta.url))

/** The page as the tables of now have it. */
export function configurationPage(): string {
  const lines = [
    '# Configuration',
    '',
    'Properties have the names and, unless said otherwise, the defaults of Apache Kafka 4.3. They come from a properties file, from',
    'environment variables (`KAFKA_LOG_RETENTION_MS` or `MILLRACE_LOG_RETENTION_MS` for `log.retention.ms`) and from `config` of',
    '`Broker.start`. A property that does not exist is an error that names the nearest one that does.',
    '',
    '## Broker',
    '',
    '"Live" properties can be changed while the broker runs (IncrementalAlterConfigs), for this broker or for all.',
    '',
    '| Property | Type | Default | Live | Meaning |',
    '|---|---|---|---|---|',
    ...rows(brokerTable, ({ dynamic }) => (dynamic ? 'yes' : '')),
    '',
    '## Topics',
    '',
    'All can be changed at any time and hold from the next request on. A topic that does not set one has the value of the broker.',
    '',
    '| Property | Type | Default | From the broker’s | Meaning |',
    '|---|---|---|---|---|',
    ...rows(topicTable, (_, name) => code((topicSynonyms as Record<string, string | undefined>)[name])),
    '',
    '## Without effect',
    '',
    'Properties of Apache Kafka that mean nothing on one node, or nothing yet. They are taken with a warning and reported by',
    'DescribeConfigs: a configuration that was written for Apache Kafka works.',
    '',
    [...unusedProperties().keys()].map(code).join(', '),
    '',
    '## Refused',
    '',
    'Properties of TLS, SASL and authorization (`ssl.*`, `sasl.*`, `authorizer.class.name`, `super.users`, …): who sets them counts on',
    'them, and there is nothing behind them yet.',
    '',
  ]
  return lines.join('\n')
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

// Metrics as Prometheus reads them: the text format, version 0.0.4.
//
//   # HELP kafka_brokers Brokers in the cluster.
//   # TYPE kafka_brokers gauge
//   kafka_topic_partitions{topic="orders"} 6

export const expositionType = 'text/plain; version=0.0.4; charset=utf-8'

/** Labels of a sample by their names. */
export type Labels = Readonly<Record<string, string | number>>

/** One value of a metric. */
export interface Sample {
  /** Behind the name of the family: `_count`. Default: nothing. */
  readonly suffix?: string
  /** What tells it from others of its family. Default: nothing. */
  readonly labels?: Labels
  /** The value; its unit is in the name of the family. */
  readonly value: number
}

/** Samples of one name. */
export interface Family {
  /** Name of the metric, with its unit. */
  readonly name: string
  /** What Prometheus takes it for. */
  readonly type: 'counter' | 'gauge' | 'summary' | 'histogram' | 'untyped'
  /** What it says, in a sentence. */
  readonly help: string
  /** Made when they are asked for, and while they are written. */
  readonly samples: Iterable<Sample>
}

/** The lines of a family, a few at a time. A family without samples has none. */
export function* expositionOf({ name, type, help, samples }: Family): Generator<string> {
  let head = `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`
  for (const { suffix = '', labels, value } of samples) {
    yield `${head}${name}${suffix}${labelText(labels)} ${numberText(value)}\n`
    head = ''
  }
}

function labelText(labels: Labels | undefined): string {
  if (!labels) return ''
  let text = ''
  for (const name in labels) text += `${text === '' ? '{' : ','}${name}="${escaped(String(labels[name]))}"`
  return text === '' ? '' : `${text}}`
}

function escaped(text: string): string {
  return /[\\"\n]/.test(text)
    ? text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    : text
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value)
}

/** A family with one sample and no labels. */
export function single(name: string, type: 'counter' | 'gauge', help: string, value: number): Family {
  return { name, type, help, samples: [{ value }] }
}

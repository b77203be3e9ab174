// The dashboard of services: what they take in, how long handlers take, what fails, and how far they are behind.
import { dashboard, labelVariable, lines, stat, states, table } from './panels.ts'

const of = 'service=~"$service"'
const rate = (metric: string, by: string, more = '') =>
  `sum by (${by}) (rate(${metric}{${of}${more}}[$__rate_interval]))`
const quantile = (q: number) =>
  `histogram_quantile(${q}, sum by (le, topic, event_type) (rate(kafka_message_processing_duration_seconds_bucket{${of}}[$__rate_interval])))`

export const services = dashboard(
  {
    uid: 'millrace-services',
    title: 'Kafka services',
    description: 'Services of @millrace/service: handlers, retries, dead letters, lag, breakers.',
  },
  [labelVariable('service', 'Service', 'kafka_service_ready')],
  [
    {
      title: 'Now',
      panels: [
        stat(
          {
            title: 'Not ready',
            description: 'Instances of services that do not do their work.',
            steps: [
              ['green', null],
              ['red', 1],
            ],
          },
          { expr: `count(kafka_service_ready{${of}} == 0) or vector(0)` },
        ),
        stat(
          { title: 'Taken in', unit: 'cps' },
          { expr: `sum(rate(kafka_messages_consumed_total{${of}}[$__rate_interval]))` },
        ),
        stat(
          {
            title: 'Retries',
            unit: 'cps',
            steps: [
              ['green', null],
              ['yellow', 1],
            ],
          },
          { expr: `sum(rate(kafka_message_retries_total{${of}}[$__rate_interval])) or vector(0)` },
        ),
        stat(
          {
            title: 'Dead letters, an hour',
            steps: [
              ['green', null],
              ['red', 1],
            ],
          },
          { expr: `sum(increase(kafka_dead_letters_total{${of}}[1h])) or vector(0)` },
        ),
        stat(
          {
            title: 'Oldest in hand',
            unit: 's',
            steps: [
              ['green', null],
              ['yellow', 60],
              ['red', 300],
            ],
          },
          { expr: `max(kafka_consumer_lag_seconds{${of}})` },
        ),
        stat(
          {
            title: 'Open breakers',
            steps: [
              ['green', null],
              ['red', 1],
            ],
          },
          { expr: `count(kafka_circuit_breaker_state{${of}} == 2) or vector(0)` },
        ),
      ],
    },
    {
      title: 'Work',
      panels: [
        lines(
          { title: 'Taken in, by topic', unit: 'cps' },
          { expr: rate('kafka_messages_consumed_total', 'topic'), legend: '{{topic}}' },
        ),
        lines(
          { title: 'Sent, by topic', unit: 'cps' },
          { expr: rate('kafka_messages_produced_total', 'topic, status'), legend: '{{topic}} {{status}}' },
        ),
        lines(
          {
            title: 'Handlers, by topic and type',
            unit: 's',
            description: 'Half, 95 and 99 of a hundred handlers took no longer.',
          },
          { expr: quantile(0.5), legend: 'p50 {{topic}} {{event_type}}' },
          { expr: quantile(0.95), legend: 'p95 {{topic}} {{event_type}}' },
          { expr: quantile(0.99), legend: 'p99 {{topic}} {{event_type}}' },
        ),
        lines(
          { title: 'In hand, by topic' },
          {
            expr: `sum by (topic, consumer_group) (kafka_messages_in_flight{${of}})`,
            legend: '{{topic}} {{consumer_group}}',
          },
        ),
      ],
    },
    {
      title: 'Failures',
      panels: [
        lines(
          { title: 'Retries', unit: 'cps', description: 'In place, and from retry topics.' },
          { expr: rate('kafka_message_retries_total', 'topic, where'), legend: '{{topic}} {{where}}' },
        ),
        lines(
          { title: 'Dead letters', unit: 'cps' },
          {
            expr: rate('kafka_dead_letters_total', 'topic, reason, error'),
            legend: '{{topic}} {{reason}} {{error}}',
          },
        ),
        lines(
          {
            title: 'Passed over',
            unit: 'cps',
            description: 'On purpose: filtered, without handler, of unknown type.',
          },
          { expr: rate('kafka_messages_skipped_total', 'topic, reason'), legend: '{{topic}} {{reason}}' },
        ),
        lines(
          { title: 'Sends that failed', unit: 'cps' },
          { expr: rate('kafka_messages_produced_total', 'topic', ',status="failed"'), legend: '{{topic}}' },
        ),
        lines(
          {
            title: 'Records that wait for their id',
            unit: 'cps',
            description: 'Another one handles the same, or the store of ids is away.',
          },
          { expr: rate('kafka_dedupe_waits_total', 'topic, reason'), legend: '{{topic}} {{reason}}' },
        ),
        states(
          {
            title: 'Circuit breakers',
            words: { 0: ['closed', 'green'], 1: ['half-open', 'yellow'], 2: ['open', 'red'] },
          },
          {
            expr: `max by (service, breaker) (kafka_circuit_breaker_state{${of}})`,
            legend: '{{service}} {{breaker}}',
          },
        ),
      ],
    },
    {
      title: 'Lag',
      panels: [
        lines(
          { title: 'Records not done', description: 'To the end of the log, by topic and group.' },
          {
            expr: `sum by (topic, consumer_group) (kafka_consumer_lag{${of}})`,
            legend: '{{topic}} {{consumer_group}}',
          },
        ),
        lines(
          { title: 'Age of the oldest record in hand', unit: 's' },
          {
            expr: `max by (topic, consumer_group) (kafka_consumer_lag_seconds{${of}})`,
            legend: '{{topic}} {{consumer_group}}',
          },
        ),
        lines(
          { title: 'Partitions that came and went', unit: 'short' },
          {
            expr: `sum by (consumer_group, what) (increase(kafka_consumer_rebalances_total{${of}}[$__rate_interval]))`,
            legend: '{{consumer_group}} {{what}}',
          },
        ),
        lines(
          {
            title: 'Partitions on hold',
            description:
              'Nothing more is taken of them at present: back-pressure, a breaker, a record that holds up commits.',
          },
          {
            expr: `sum by (topic, consumer_group) (kafka_consumer_partition_held{${of}})`,
            legend: '{{topic}} {{consumer_group}}',
          },
        ),
        table(
          { title: 'Partitions' },
          ['__name__', 'instance', 'job'],
          ['Lag', 'Age (s)', 'In hand'],
          { expr: `kafka_consumer_lag{${of}}` },
          { expr: `kafka_consumer_lag_seconds{${of}}` },
          { expr: `kafka_messages_in_flight{${of}}` },
        ),
      ],
    },
  ],
)

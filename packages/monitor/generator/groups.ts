// The dashboard of groups as seen from outside: verdicts, lag in records and in time. Its series are those of a lag monitor, and most of them those of Millrace's broker and of kafka_exporter.
import { dashboard, labelVariable, lines, stat, states, table } from './panels.ts'

const of = 'consumergroup=~"$consumergroup"'

export const groups = dashboard(
  {
    uid: 'millrace-groups',
    title: 'Kafka consumer groups',
    description:
      'Groups of any cluster, as LagMonitor of @millrace/monitor sees them: verdicts, lag, members.',
  },
  [labelVariable('consumergroup', 'Group', 'kafka_consumergroup_members')],
  [
    {
      title: 'Now',
      panels: [
        stat(
          {
            title: 'Groups in error',
            description: 'Stopped, stalled, or set back.',
            width: 6,
            steps: [
              ['green', null],
              ['red', 1],
            ],
          },
          { expr: `count(kafka_consumergroup_status{${of}} == 3) or vector(0)` },
        ),
        stat(
          {
            title: 'Groups that fall behind',
            width: 6,
            steps: [
              ['green', null],
              ['yellow', 1],
            ],
          },
          { expr: `count(kafka_consumergroup_status{${of}} == 2) or vector(0)` },
        ),
        stat(
          { title: 'Records left to read', width: 6 },
          { expr: `sum(kafka_consumergroup_lag_sum{${of}})` },
        ),
        stat(
          {
            title: 'Furthest behind',
            unit: 's',
            width: 6,
            steps: [
              ['green', null],
              ['yellow', 60],
              ['red', 300],
            ],
          },
          { expr: `max(kafka_consumergroup_max_lag_seconds{${of}})` },
        ),
        states(
          {
            title: 'Verdicts',
            words: { 0: ['NOTFOUND', 'gray'], 1: ['OK', 'green'], 2: ['WARN', 'yellow'], 3: ['ERR', 'red'] },
          },
          { expr: `max by (consumergroup) (kafka_consumergroup_status{${of}})`, legend: '{{consumergroup}}' },
        ),
      ],
    },
    {
      title: 'Lag',
      panels: [
        lines(
          { title: 'Records left to read' },
          {
            expr: `max by (consumergroup) (kafka_consumergroup_lag_sum{${of}})`,
            legend: '{{consumergroup}}',
          },
        ),
        lines(
          { title: 'How long ago the next record was written', unit: 's' },
          {
            expr: `max by (consumergroup) (kafka_consumergroup_max_lag_seconds{${of}})`,
            legend: '{{consumergroup}}',
          },
        ),
        lines(
          { title: 'Read', unit: 'cps' },
          {
            expr: `sum by (consumergroup, topic) (rate(kafka_consumergroup_current_offset{${of}}[$__rate_interval]))`,
            legend: '{{consumergroup}} {{topic}}',
          },
        ),
        lines(
          { title: 'Members' },
          {
            expr: `max by (consumergroup) (kafka_consumergroup_members{${of}})`,
            legend: '{{consumergroup}}',
          },
        ),
        table(
          { title: 'Partitions', description: 'Verdicts: 1 OK, 2 WARN, 4 STOP, 5 STALL, 6 REWIND.' },
          ['__name__', 'instance', 'job'],
          ['Lag', 'Age (s)', 'Verdict', 'Committed'],
          { expr: `kafka_consumergroup_lag{${of}}` },
          { expr: `kafka_consumergroup_lag_seconds{${of}}` },
          { expr: `kafka_consumergroup_partition_status{${of}}` },
          { expr: `kafka_consumergroup_current_offset{${of}}` },
        ),
      ],
    },
  ],
)

// Properties of quotas: the windows over which it is measured what clients use.
import { int } from '../definition.ts'

export const quotasConfigs = {
  'quota.window.num': int({
    default: 11,
    min: 1,
    importance: 'LOW',
    doc: 'Samples that are kept of what a client produces, fetches, and of the time that its requests take.',
  }),
  'quota.window.size.seconds': int({
    default: 1,
    min: 1,
    importance: 'LOW',
    doc: 'Length of such a sample. In seconds.',
  }),
  'controller.quota.window.num': int({
    default: 11,
    min: 1,
    importance: 'LOW',
    doc: 'With controller.quota.window.size.seconds: how long a client may save up partitions that it may make or delete (controller_mutation_rate).',
  }),
  'controller.quota.window.size.seconds': int({
    default: 1,
    min: 1,
    importance: 'LOW',
    doc: 'See controller.quota.window.num. In seconds.',
  }),
} as const

// Which API keys this broker answers, and where the code for each is. A key that is not here is not advertised.
// Handlers load at first use or ahead (`loading.ts`): a start does not wait for code that nobody may ask for.
import type { Handler } from './handler.ts'

type Load = () => Promise<{ readonly default: Handler }>

export const handlerTable: ReadonlyMap<number, Load> = new Map<number, Load>([
  [0, () => import('./00-produce.ts')],
  [1, () => import('./01-fetch.ts')],
  [2, () => import('./02-list-offsets.ts')],
  [3, () => import('./03-metadata.ts')],
  [8, () => import('./08-offset-commit.ts')],
  [9, () => import('./09-offset-fetch.ts')],
  [10, () => import('./10-find-coordinator.ts')],
  [11, () => import('./11-join-group.ts')],
  [12, () => import('./12-heartbeat.ts')],
  [13, () => import('./13-leave-group.ts')],
  [14, () => import('./14-sync-group.ts')],
  [15, () => import('./15-describe-groups.ts')],
  [16, () => import('./16-list-groups.ts')],
  [18, () => import('./18-api-versions.ts')],
  [19, () => import('./19-create-topics.ts')],
  [20, () => import('./20-delete-topics.ts')],
  [21, () => import('./21-delete-records.ts')],
  [22, () => import('./22-init-producer-id.ts')],
  [23, () => import('./23-offset-for-leader-epoch.ts')],
  [32, () => import('./32-describe-configs.ts')],
  [33, () => import('./33-alter-configs.ts')],
  [34, () => import('./34-alter-replica-log-dirs.ts')],
  [35, () => import('./35-describe-log-dirs.ts')],
  [37, () => import('./37-create-partitions.ts')],
  [42, () => import('./42-delete-groups.ts')],
  [43, () => import('./43-elect-leaders.ts')],
  [44, () => import('./44-incremental-alter-configs.ts')],
  [45, () => import('./45-alter-partition-reassignments.ts')],
  [46, () => import('./46-list-partition-reassignments.ts')],
  [47, () => import('./47-offset-delete.ts')],
  [55, () => import('./55-describe-quorum.ts')],
  [57, () => import('./57-update-features.ts')],
  [60, () => import('./60-describe-cluster.ts')],
  [61, () => import('./61-describe-producers.ts')],
  [74, () => import('./74-list-config-resources.ts')],
  [75, () => import('./75-describe-topic-partitions.ts')],
])

// The assignors that come with the client, by the names groups know them by.
import { type GroupAssignor } from './assignor.ts'
import { rangeAssignor } from './range.ts'
import { roundRobinAssignor } from './round-robin.ts'
import { cooperativeStickyAssignor, stickyAssignor } from './sticky.ts'

export const assignorsByName: ReadonlyMap<string, GroupAssignor> = new Map(
  [rangeAssignor, roundRobinAssignor, stickyAssignor, cooperativeStickyAssignor].map(assignor => [
    assignor.name,
    assignor,
  ]),
)

// The states of a classic group and which may follow which.

/**
 * Kafka's `ClassicGroupState`, spelled as DescribeGroups and ListGroups show it.
 *
 * ```
 *            join                    all have joined             leader's assignment is stored
 *   Empty ─────────▶ PreparingRebalance ─────────▶ CompletingRebalance ─────────▶ Stable
 *     ▲                 │   ▲    ▲                      │                           │
 *     └─ nobody left ───┘   │    └── join, leave, ──────┘                           │
 *                           │        session timeout                                │
 *                           └───────────────────────────────────────────────────────┘
 *   any ─▶ Dead: deleted, or the broker closes
 * ```
 */
export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead'

const previousStates: Readonly<Record<GroupState, readonly GroupState[]>> = {
  Empty: ['PreparingRebalance'],
  PreparingRebalance: ['Empty', 'CompletingRebalance', 'Stable'],
  CompletingRebalance: ['PreparingRebalance'],
  Stable: ['CompletingRebalance'],
  Dead: ['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead'],
}

export function mayFollow(from: GroupState, to: GroupState): boolean {
  return previousStates[to].includes(from)
}

// Every scenario, in the order in which a whole run takes them.
import type { Scenario } from '../harness/stage.ts'
import { kcat } from './kcat.ts'

export const scenarios: readonly Scenario[] = [kcat]

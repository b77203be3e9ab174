// What has settings, and which broker is asked for those.
import type { Target } from '../../cluster/cluster.ts'
import { type Check, entry, oneOf, text } from '../../config/arguments.ts'
import { StateError } from '../../errors/index.ts'

/** What can have settings (`ConfigResource.Type`). */
export const ResourceType = { topic: 2, broker: 4, brokerLogger: 8, clientMetrics: 16, group: 32 } as const

/** Name of a kind of resource. */
export type ResourceTypeName = keyof typeof ResourceType

/** What has settings: Kafka’s `ConfigResource`. */
export interface ConfigResource {
  /** Which kind of thing it is. */
  readonly type: ResourceTypeName
  /** Topic or group name, broker id as text; empty for the settings of all brokers. */
  readonly name: string
}

/** A broker knows only its own settings and levels of its log; everything else any broker knows. */
function brokerOf({ type, name }: ConfigResource): number | undefined {
  return (type === 'broker' && name !== '') || type === 'brokerLogger' ? Number(name) : undefined
}

const checkFields = entry({ type: oneOf(Object.keys(ResourceType)), name: text })

/** A resource; brokers by their ids. */
export const checkResource: Check = (place, value) => {
  checkFields(place, value)
  const resource = value as ConfigResource
  const brokerId = brokerOf(resource)
  if (brokerId === undefined || /^\d+$/.test(resource.name)) return
  throw new StateError(`${place}.name is "${resource.name}": write the id of a broker`)
}

/** What tells a resource from all others of a call, as answers name it. */
export function keyOfResource({ type, name }: ConfigResource): string {
  return `${ResourceType[type]} ${name}`
}

/** For messages to users. */
export function settingsOf({ type, name }: ConfigResource, doing: string): string {
  return `${doing} the settings of ${type} "${name}"`
}

/** What one broker is asked for at a time. */
export interface ResourceShare<T> {
  /** Whom to ask. */
  readonly to: Target
  /** Entries that name different resources. */
  readonly entries: readonly T[]
}

/** A share that is being put together. */
interface OpenShare<T> {
  readonly brokerId: number | undefined
  readonly entries: T[]
  readonly keys: Set<string>
}

/** The entries by whom they are asked of, `max` at a time. None names a resource twice: brokers refuse a request that does. */
export function sharesByTarget<T>(
  entries: readonly T[],
  resourceOf: (entry: T) => ConfigResource,
  max: number,
): ResourceShare<T>[] {
  const shares: OpenShare<T>[] = []
  for (const each of entries) {
    const resource = resourceOf(each)
    const brokerId = brokerOf(resource)
    const key = keyOfResource(resource)
    let share = shares.find(open => open.brokerId === brokerId && open.keys.size < max && !open.keys.has(key))
    if (!share) shares.push((share = { brokerId, entries: [], keys: new Set() }))
    share.entries.push(each)
    share.keys.add(key)
  }
  return shares.map(({ brokerId, entries: of }) => ({
    to: brokerId === undefined ? 'any' : { broker: brokerId },
    entries: of,
  }))
}

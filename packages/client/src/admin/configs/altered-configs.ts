// What both ways to change settings have in common: one request for each broker that has to be asked, and an outcome for each resource.
import type { CallOptions } from '../../cluster/cluster.ts'
import { flag, optionsWith } from '../../config/arguments.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError, settleEach } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'
import { type ConfigResource, keyOfResource, settingsOf, sharesByTarget } from './config-resource.ts'

/** Options of `alterConfigs` and `replaceConfigs`. */
export interface AlterConfigsOptions extends AdminCallOptions {
  /** Only check. Default false. */
  readonly validateOnly?: boolean
}

/** What became of the changes to one resource: all were made, or none. */
export interface AlteredConfigs extends Outcome {
  /** The resource as it was given. */
  readonly resource: ConfigResource
}

export const checkAlterOptions = optionsWith({ validateOnly: flag })

/** One request names so many resources at most. */
const resourcesMax = 500

/** What both ways to change settings are answered with. */
interface AlterResponse {
  readonly responses: readonly {
    readonly errorCode: number
    readonly errorMessage: string | null
    readonly resourceType: number
    readonly resourceName: string
  }[]
}

/** One request for each broker that has to be asked, all at once; outcomes in the order of the entries. */
export async function alterByShares<T extends { readonly resource: ConfigResource }>(
  entries: readonly T[],
  options: AlterConfigsOptions,
  doing: string,
  send: (share: readonly T[], call: CallOptions<AlterResponse>) => Promise<AlterResponse>,
): Promise<AlteredConfigs[]> {
  const outcomes = new Map<T, AlteredConfigs>()
  await settleEach(
    sharesByTarget(entries, ({ resource }) => resource, resourcesMax),
    async ({ to, entries: share }) => {
      const what =
        share.length === 1
          ? settingsOf(share[0]!.resource, doing)
          : `${doing} the settings of ${share.length} resources`
      const check = ({ responses }: AlterResponse) =>
        checkBroker(
          responses.map(({ errorCode }) => errorCode),
          what,
        )
      const { responses } = await send(share, { ...callOptions(options), what, to, check })
      for (const each of share) {
        const { resource } = each
        const answer = responses.find(
          ({ resourceType, resourceName }) => `${resourceType} ${resourceName}` === keyOfResource(resource),
        )
        const error = outcomeError(answer?.errorCode ?? -1, settingsOf(resource, doing), answer?.errorMessage)
        outcomes.set(each, { resource, error })
      }
    },
    ({ entries: share }, error) => {
      for (const each of share) outcomes.set(each, { resource: each.resource, error })
    },
  )
  return entries.map(each => outcomes.get(each)!)
}

// UpdateFeatures (key 57, versions 0–2): raises or lowers feature levels (KIP-584), all that are asked for or none. v1+: trial runs. v2+: no
// result for each feature.
import { ErrorCode, UpdateFeaturesApi } from '@millrace/protocol'
import { orApiError } from '../api-error.ts'
import { featureUpdateRecords } from '../metadata/features.ts'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

const oneResultVersion = 2

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(UpdateFeaturesApi, traits, (request, context) => {
  const { broker, apiVersion } = context
  if (!context.authorize('ALTER', 'CLUSTER')) return { ...clusterRefused, results: [] }
  const updates = request.featureUpdates.map(({ feature, maxVersionLevel, upgradeType }) => ({
    name: feature,
    level: maxVersionLevel,
    upgradeType,
  }))
  const changed = broker.metadata.change(({ features }) => {
    const records = featureUpdateRecords(features, updates, broker.nodeId)
    return { records: request.validateOnly ? [] : records, result: undefined }
  })
  const names = apiVersion < oneResultVersion ? [...new Set(updates.map(({ name }) => name))] : []
  return orApiError(
    changed.then(() => ({
      errorCode: ErrorCode.NONE as number,
      errorMessage: null,
      results: names.map(feature => ({ feature, errorCode: ErrorCode.NONE, errorMessage: 'NONE' })),
    })),
    ({ code, message }) => ({ errorCode: code, errorMessage: message, results: [] }),
  )
})

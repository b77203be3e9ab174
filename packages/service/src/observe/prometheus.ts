// The metrics of services as Prometheus reads them, several services of a process on one page.
import { expositionOf, type Family, type Sample } from '@millrace/runtime'

/** Something that has metrics: a service. */
export interface MeasuredService {
  /** Families of metrics as they are now. */
  metrics(): readonly Family[]
}

/**
 * The metrics of services in Prometheus's text format (`text/plain; version=0.0.4`): serve it at `/metrics`, behind what the client's `prometheusText` says of
 * connections.
 */
export function servicePrometheusText(services: Iterable<MeasuredService>): string {
  const families = new Map<string, { readonly family: Family; readonly samples: Sample[] }>()
  for (const service of services) {
    for (const family of service.metrics()) {
      const known = families.get(family.name) ?? { family, samples: [] }
      families.set(family.name, known)
      known.samples.push(...family.samples)
    }
  }
  let text = ''
  for (const { family, samples } of families.values())
    for (const line of expositionOf({ ...family, samples })) text += line
  return text
}

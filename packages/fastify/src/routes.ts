// Routes for who watches the process: liveness, readiness, metrics.
import { prometheusText } from '@millrace/client'
import { servicePrometheusText } from '@millrace/service'
import type { FastifyInstance } from 'fastify'
import type { InstanceHealth, Instances } from './millrace-instance.ts'
import type { RoutePaths } from './options.ts'

const contentType = 'text/plain; version=0.0.4; charset=utf-8'

/** Adds those that have a path. They answer for all instances of the server, those that are registered later included. */
export function addRoutes(fastify: FastifyInstance, paths: Required<RoutePaths>, instances: Instances): void {
  const { live, ready, metrics } = paths
  if (live !== false)
    fastify.get(live, { logLevel: 'warn' }, (_request, reply) =>
      reply
        .code(alive(instances) ? 200 : 503)
        .send({ status: alive(instances) ? 'up' : 'down', ...told(instances) }),
    )
  if (ready !== false)
    fastify.get(ready, { logLevel: 'warn' }, (_request, reply) => {
      const isReady = [...instances.values()].every(each => each.health().ready)
      return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'up' : 'down', ...told(instances) })
    })
  if (metrics !== false)
    fastify.get(metrics, { logLevel: 'warn' }, (_request, reply) =>
      reply.type(contentType).send(metricsOf(instances)),
    )
}

function alive(instances: Instances): boolean {
  return [...instances.values()].every(each => each.health().service?.healthy !== false)
}

/** Nothing that only operators may know: addresses, stacks. */
function told(instances: Instances): { readonly instances: Readonly<Record<string, object>> } {
  const entries = Array.from(instances, ([name, each]) => [name ?? 'default', summaryOf(each.health())])
  return { instances: Object.fromEntries(entries) as Record<string, object> }
}

function summaryOf({ ready, reason, service }: InstanceHealth): object {
  const groups = service?.groups.map(({ group, joined, partitions, lag, inFlight, held }) => ({
    group,
    joined,
    partitions,
    lag,
    inFlight,
    held,
  }))
  return {
    ready,
    ...(reason !== undefined && { reason }),
    ...(service && { service: service.service, state: service.state, groups, breakers: service.breakers }),
  }
}

function metricsOf(instances: Instances): string {
  const all = [...instances.values()]
  const services = all.flatMap(each => (each.health().service ? [each.service] : []))
  return servicePrometheusText(services) + prometheusText(all.flatMap(each => each.clients))
}

// The plugin: makes what `fastify.millrace` is, starts it with the server, and closes it with the server.
import { ConfigError } from '@millrace/client'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { correlationIds } from './correlation.ts'
import { type Instances, instancesOf, MillraceInstance } from './millrace-instance.ts'
import { type MillraceFastifyOptions, type ResolvedOptions, resolveOptions } from './options.ts'
import { RequestScope } from './request-scope.ts'
import { addRoutes } from './routes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Of the plugin that was registered without a name, else of the first one. */
    readonly millrace: MillraceInstance
  }
  interface FastifyRequest {
    /** Writes records that say which request they come of. */
    readonly millrace: RequestScope
  }
}

/**
 * Gives a server `fastify.millrace` (producer, topics, admin, service) and `request.millrace`, a producer whose records carry the request's correlation id; starts with the server and closes with it. Rejects
 * with ConfigError for options that cannot be, and for a name that is taken.
 *
 * @example
 * await app.register(millrace, { brokers: ['localhost:9092'], topics: { orders } })
 * app.post('/orders', async request => request.millrace.send({ topic: orders, key: 'user-7', value: { total: 12 } }))
 */
export const millrace: FastifyPluginAsync<MillraceFastifyOptions> = async (fastify, given) => {
  const options = resolveOptions(given, { logger: fastify.log })
  const known = fastify.hasDecorator('millrace')
  const instances: Instances = known ? instancesOf(fastify.millrace) : new Map()
  if (instances.has(options.name))
    throw new ConfigError(
      options.name === undefined
        ? '@millrace/fastify is registered already: give the second one a name'
        : `@millrace/fastify is registered by the name "${options.name}" already`,
    )
  const instance = new MillraceInstance(options, instances)
  instances.set(options.name, instance)
  if (!known) decorate(fastify, instances, options)
  addRoutes(fastify, options.routes, instances)
  live(fastify, instance)
}

function decorate(fastify: FastifyInstance, instances: Instances, { correlation }: ResolvedOptions): void {
  const main = () => instances.get(undefined) ?? instances.values().next().value!
  fastify.decorate('millrace', { getter: main })
  const idOf = correlationIds(correlation)
  const scopes = new WeakMap<FastifyRequest, RequestScope>()
  fastify.decorateRequest('millrace', {
    getter(this: FastifyRequest) {
      let scope = scopes.get(this)
      if (!scope) {
        scope = new RequestScope(main(), idOf(this))
        scopes.set(this, scope)
      }
      return scope
    },
  })
  const { httpHeader = 'x-correlation-id' } = correlation
  if (httpHeader === false) return
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header(httpHeader, idOf(request))
  })
}

function live(fastify: FastifyInstance, instance: MillraceInstance): void {
  fastify.addHook('onReady', async () => {
    await instance.start()
    void instance.failure()?.then(error => {
      if (error)
        fastify.log.fatal(error, 'the service has failed, and does nothing more: start the process again')
    })
  })
  fastify.addHook('preClose', async () => instance.beginClosing())
  fastify.addHook('onClose', () => instance.close())
}

// What the plugin decorates is for the whole server, not for a part of it: what the package fastify-plugin says by the same symbols.
Object.assign(millrace, {
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: '@millrace/fastify',
  [Symbol.for('plugin-meta')]: { name: '@millrace/fastify', fastify: '5.x' },
})

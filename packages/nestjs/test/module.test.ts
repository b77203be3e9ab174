// What a module gives to an application to inject, from its start to its end, and what health checks are told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, ClosedError, json, Producer, string } from '@millrace/client'
import { events, Service } from '@millrace/service'
import { eventually, withCluster } from '@millrace/testkit'
import {
  InjectMillrace,
  MillraceClient,
  MillraceHealthIndicator,
  MillraceModule,
  type MillraceOptions,
  millraceToken,
} from '@millrace/nestjs'
import { Inject, Injectable, type ModuleMetadata } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { lastValueFrom } from 'rxjs'
import { moduleOf, quick, silent } from './support.ts'

const timeout = 60_000

function start(metadata: ModuleMetadata) {
  return NestFactory.createApplicationContext(moduleOf(metadata), { logger: false, abortOnError: false })
}

test(
  'providers get producer, service, admin and client; the service handles what they have told it',
  { timeout },
  () =>
    withCluster(async cluster => {
      const orders = events(
        await cluster.createTopic(),
        { created: json<{ total: number }>() },
        { key: string() },
      )
      const seen: number[] = []
      class Orders {
        readonly #service: Service
        readonly #producer: Producer

        constructor(service: Service, producer: Producer) {
          this.#service = service
          this.#producer = producer
        }

        onModuleInit(): void {
          this.#service.handle(orders, { created: event => void seen.push(event.data.total) })
        }

        order(total: number) {
          return this.#producer.send({
            topic: orders,
            key: 'user-7',
            value: { type: 'created', data: { total } },
          })
        }
      }
      Injectable()(Orders)
      Inject(Service)(Orders, undefined, 0)
      Inject(Producer)(Orders, undefined, 1)
      const { handle: _, ...options } = quick(cluster)
      const app = await start({
        imports: [MillraceModule.register({ ...options, logger: silent })],
        providers: [Orders],
      })
      await app.get(Orders).order(12)
      await eventually('the order is handled', () => seen.length === 1)
      await lastValueFrom(app.get(MillraceClient).emit(await cluster.createTopic(), 'x'))
      assert.equal((await app.get(Admin).describeTopics([orders.name]))[0]?.partitions.length, 1)

      const indicator = app.get(MillraceHealthIndicator)
      await eventually('it is ready', () => indicator.isReady('kafka').kafka.status === 'up')
      const { kafka } = indicator.isAlive('kafka')
      assert.equal(kafka.status, 'up')
      assert.equal(kafka.state, 'RUNNING')
      assert.equal(kafka.groups?.[0]?.group, options.name)
      const service = app.get(Service)
      const producer = app.get(Producer)
      await app.close()
      assert.equal(service.state, 'STOPPED')
      assert.equal(indicator.isReady('kafka').kafka.reason, 'the service is STOPPED')
      await assert.rejects(producer.send({ topic: orders.name, value: 'late' }), ClosedError)
    }),
)

test(
  'several modules are told apart by their ids, and options may come of other providers',
  { timeout },
  () =>
    withCluster(async cluster => {
      class Both {
        readonly first: Producer
        readonly second: Producer
        constructor(first: Producer, second: Producer) {
          this.first = first
          this.second = second
        }
      }
      Injectable()(Both)
      InjectMillrace(Producer, 'first')(Both, undefined, 0)
      InjectMillrace(Producer, 'second')(Both, undefined, 1)
      const { handle: _, ...options } = quick(cluster)
      class Settings {
        createMillraceOptions(): MillraceOptions {
          return { ...options, logger: silent, clientId: 'of-settings' }
        }
      }
      const app = await start({
        imports: [
          MillraceModule.registerAsync({
            id: 'first',
            inject: ['NAME'],
            useFactory: async (clientId: string) => ({ ...options, logger: silent, clientId }),
            imports: [
              {
                module: class {},
                providers: [{ provide: 'NAME', useValue: 'of-factory' }],
                exports: ['NAME'],
              },
            ],
          }),
          MillraceModule.registerAsync({ id: 'second', isGlobal: true, useClass: Settings }),
        ],
        providers: [Both],
      })
      const { first, second } = app.get(Both)
      assert.notEqual(first, second)
      assert.deepEqual(
        [first, second].map(({ cluster: { hooks } }) => hooks.client.clientId),
        ['of-factory', 'of-settings'],
      )
      assert.equal(app.get(millraceToken(Producer, 'first'), { strict: false }), first)
      await app.close()
      assert.throws(() => MillraceModule.registerAsync({}), /one of useFactory, useClass and useExisting/)
    }),
)

test('a health indicator asks whom it is told to', () => {
  const indicator = new MillraceHealthIndicator()
  assert.throws(() => indicator.isReady('kafka'), /name the server or service/)
  const failed = {
    health: () => ({
      service: 'x',
      state: 'FAILED' as const,
      healthy: false,
      error: new Error('no such topic'),
      groups: [],
      breakers: [],
    }),
    readiness: () => ({ ready: false, reason: 'the service is FAILED' }),
  }
  assert.deepEqual(indicator.isAlive('kafka', failed), {
    kafka: { status: 'down', reason: 'no such topic', state: 'FAILED', groups: [], breakers: [] },
  })
  assert.equal(indicator.isReady('kafka', failed).kafka.reason, 'the service is FAILED')
})

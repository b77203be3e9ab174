// What tests of the adapter share: controllers without a compiler that knows decorators, and applications on a broker.
import 'reflect-metadata'
import { Producer } from '@millrace/client'
import {
  fixed,
  type HandleOptions,
  type ReceivedHeader,
  readDeadLetter,
  type ServiceOptions,
} from '@millrace/service'
import { eventually, readTopic, type TestCluster } from '@millrace/testkit'
import { Controller, type INestMicroservice, Module, type ModuleMetadata, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Ctx, EventPattern, MessagePattern, type MicroserviceOptions, Payload } from '@nestjs/microservices'
import { MillraceServer, type MillraceServerOptions } from '@millrace/nestjs'

/** Does what a compiler makes of `@decorator(…) method(@Payload() data, @Ctx() context)`. */
export function decorate(target: Type, method: string, ...decorators: MethodDecorator[]): void {
  const prototype = target.prototype as object
  Payload()(prototype, method, 0)
  Ctx()(prototype, method, 1)
  for (const decorator of decorators)
    decorator(prototype, method, Object.getOwnPropertyDescriptor(prototype, method)!)
}

/** `EventPattern`, for functions of any type. */
export function onEvent(pattern: unknown, extras: object = {}): MethodDecorator {
  return EventPattern<unknown>(pattern, extras)
}

/** `MessagePattern`, likewise. */
export function onMessage(pattern: unknown): MethodDecorator {
  return MessagePattern<unknown>(pattern)
}

/** A controller with one handler. */
export function controllerOf(
  handler: (data: never, context: never) => unknown,
  ...decorators: MethodDecorator[]
): Type {
  class Handling {
    handle(data: never, context: never): unknown {
      return handler(data, context)
    }
  }
  decorate(Handling, 'handle', ...decorators)
  Controller()(Handling)
  return Handling
}

export function moduleOf(metadata: ModuleMetadata): Type {
  class TestModule {}
  Module(metadata)(TestModule)
  return TestModule
}

/** Options that make groups and failures quick. */
export function quick(
  { brokers, uniqueName }: Pick<TestCluster, 'brokers' | 'uniqueName'>,
  handle: HandleOptions = {},
): ServiceOptions & { readonly handle: HandleOptions } {
  return {
    name: uniqueName('nest'),
    brokers,
    commitIntervalMs: 50,
    consumer: { heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000, fetchMaxWaitMs: 50 },
    handle: { retry: { attempts: 2, backoff: fixed(1) }, ...handle },
  }
}

/** A microservice that listens, with its server; closed at the end of the block. */
export interface Running extends AsyncDisposable {
  readonly app: INestMicroservice
  readonly server: MillraceServer
}

export async function listen(
  options: MillraceServerOptions,
  module: ModuleMetadata,
  prepare: (app: INestMicroservice) => void = () => {},
): Promise<Running> {
  const server = new MillraceServer({ logger: silent, ...options })
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(moduleOf(module), {
    strategy: server,
    logger: false,
  })
  prepare(app)
  await app.listen()
  return { app, server, [Symbol.asyncDispose]: () => app.close() }
}

const nothing = () => {}
/** A logger of nothing. */
export const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

export async function send(brokers: readonly string[], topic: string, ...values: unknown[]): Promise<void> {
  await using producer = new Producer({ brokers })
  await producer.send(values.map(value => ({ topic, value: JSON.stringify(value) })))
}

/** The dead letters of a topic and group, once there are so many. */
export async function deadLetters(brokers: readonly string[], topic: string, group: string, count = 1) {
  const name = `${topic}-${group}-dlt`
  let records: Awaited<ReturnType<typeof readTopic>> = []
  await eventually(`${count} dead letters are in ${name}`, async () => {
    records = await readTopic(brokers, name)
    return records.length >= count
  })
  return records.map(record => ({
    record,
    letter: readDeadLetter(record.headers as readonly ReceivedHeader[])!,
  }))
}

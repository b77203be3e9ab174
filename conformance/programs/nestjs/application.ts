// A NestJS application as its users write them, compiled with the metadata of its decorators: our transport, and Nest's own over KafkaJS on the other side.
import 'reflect-metadata'
import { strict as assert } from 'node:assert'
import { Admin, Producer, topic } from '@millrace/client'
import {
  MillraceClient,
  MillraceContext,
  MillraceHealthIndicator,
  MillraceModule,
  MillraceServer,
} from '@millrace/nestjs'
import { DeadLetterQueue, FatalError, Service } from '@millrace/service'
import {
  Controller,
  type INestMicroservice,
  Injectable,
  Module,
  type OnModuleInit,
  ParseIntPipe,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  ClientKafka,
  Ctx,
  EventPattern,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  Transport,
} from '@nestjs/microservices'
import { lastValueFrom } from 'rxjs'

const brokers = [process.env['BOOTSTRAP'] ?? 'localhost:9092']
const suffix = `${process.env['NEST'] ?? 'nest'}-${process.pid}`
const names = {
  orders: `orders-${suffix}`,
  double: `double-${suffix}`,
  counted: `counted-${suffix}`,
  foreign: `foreign-${suffix}`,
}

const countedTopic = topic(names.counted)

@Injectable()
class Ledger {
  readonly lines: string[] = []
}

@Controller()
class Orders {
  constructor(
    private readonly ledger: Ledger,
    readonly client: MillraceClient,
  ) {}

  @EventPattern(names.orders, { millrace: { retry: { attempts: 2, backoff: () => 1, topicDelaysMs: [10] } } })
  charge(@Payload() order: { total: number }, @Ctx() context: MillraceContext) {
    this.ledger.lines.push(`${order.total}, attempt ${context.attempt}, ${String(context.getMessage().key)}`)
    if (order.total < 0) throw new FatalError('negative')
    if (order.total === 0) throw new RangeError('nothing to charge')
  }

  @MessagePattern(names.double)
  double(@Payload(ParseIntPipe) n: number) {
    return { doubled: n * 2 }
  }
}

@Injectable()
class Counting implements OnModuleInit {
  constructor(
    private readonly service: Service,
    private readonly ledger: Ledger,
  ) {}

  onModuleInit() {
    this.service.handle(countedTopic, value => void this.ledger.lines.push(`counted ${String(value)}`))
  }
}

@Module({
  imports: [MillraceModule.register({ name: `module-${suffix}`, brokers })],
  controllers: [Orders],
  providers: [Ledger, Counting],
})
class AppModule {}

@Controller()
class Foreign {
  @MessagePattern(names.foreign)
  halve(@Payload() n: string) {
    return { halved: Number(n) / 2 }
  }
}

@Module({ controllers: [Foreign] })
class ForeignModule {}

let checks = 0

async function check(name: string, body: () => Promise<void>): Promise<void> {
  checks++
  const startedAt = Date.now()
  try {
    await body()
    console.log(`PASS\t${Date.now() - startedAt}\t${name}`)
  } catch (error) {
    const why = String((error as Error).stack).replaceAll('\n', '\\n')
    console.log(`FAIL\t${Date.now() - startedAt}\t${name}\t${why}`)
  }
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const startedAt = Date.now(); !(await holds()); ) {
    if (Date.now() - startedAt > 30_000) throw new Error(`not within 30 s: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

async function events(app: INestMicroservice): Promise<void> {
  const { lines } = app.get(Ledger)
  const client = app.get(MillraceClient)

  await check('an event reaches its handler, by what the compiler says of its constructor', async () => {
    assert.equal(app.get(Orders).client, client)
    await lastValueFrom(client.emit(names.orders, { key: 'user-7', value: { total: 12 } }))
    await until('it is handled', () => lines.length === 1)
    assert.deepEqual(lines, ['12, attempt 1, user-7'])
  })

  await check(
    'handlers that throw are called again, and their messages become dead letters that say why',
    async () => {
      for (const total of [-1, 0])
        await lastValueFrom(client.emit(names.orders, { key: 'user-8', value: { total } }))
      await using letters = new DeadLetterQueue({ brokers, topic: `${names.orders}-billing-${suffix}-dlt` })
      const found = new Map<string, string>()
      await until('both are dead letters', async () => {
        for await (const { letter } of letters.letters())
          if (letter) found.set(letter.errorClass!, `${letter.errorMessage}, ${letter.attempts}`)
        return found.size === 2
      })
      assert.equal(found.get('FatalError'), 'negative, 1')
      assert.equal(found.get('RangeError'), 'nothing to charge, 3')
    },
  )
}

async function requests(app: INestMicroservice): Promise<void> {
  const client = app.get(MillraceClient)

  await check('a request is answered, to our client and to Nest’s over KafkaJS', async () => {
    assert.deepEqual(await lastValueFrom(client.send(names.double, 21)), { doubled: 42 })
    const other = new ClientKafka({
      client: { brokers, logLevel: 0 },
      consumer: { groupId: `other-${suffix}`, maxWaitTimeInMs: 100 },
    })
    other.subscribeToResponseOf(names.double)
    await other.connect()
    assert.deepEqual(await lastValueFrom(other.send(names.double, '4')), { doubled: 8 })
    await other.close()
  })

  await check('Nest’s server over KafkaJS answers our client', async () => {
    const foreign = await NestFactory.createMicroservice<MicroserviceOptions>(ForeignModule, {
      transport: Transport.KAFKA,
      options: {
        client: { brokers, logLevel: 0 },
        consumer: { groupId: `foreign-${suffix}`, maxWaitTimeInMs: 100 },
        subscribe: { fromBeginning: true },
      },
      logger: false,
    })
    await foreign.listen()
    assert.deepEqual(await lastValueFrom(client.send(names.foreign, '10')), { halved: 5 })
    await foreign.close()
  })
}

async function services(app: INestMicroservice, server: MillraceServer): Promise<void> {
  const { lines } = app.get(Ledger)

  await check('providers tell the service what to handle, and health says how it is', async () => {
    await app.get(Producer).send({ topic: names.counted, value: 'one' })
    await until('it is handled', () => lines.includes('counted one'))
    const { kafka } = app.get(MillraceHealthIndicator).isReady('kafka', server)
    assert.equal(kafka.status, 'up')
  })

  await check('closing the application stops all', async () => {
    const service = app.get(Service)
    await app.close()
    assert.equal(service.state, 'STOPPED')
    assert.equal(server.health()?.state, 'STOPPED')
  })
}

async function main(): Promise<void> {
  const admin = new Admin({ brokers })
  for (const { error } of await admin.createTopics(
    [...Object.values(names), `${names.double}.reply`].map(name => ({
      name,
      partitions: 1,
      replicationFactor: 1,
    })),
  ))
    if (error) throw error

  const server = new MillraceServer({ name: `billing-${suffix}`, brokers })
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule, {
    strategy: server,
    logger: false,
  })
  await app.listen()
  await events(app)
  await requests(app)
  await services(app, server)
  console.log(`DONE\t${checks}`)
  admin.close()
}

void main()

// A NestJS microservice under measurement, with one handler: on its own transport over KafkaJS, or on ours, with retries, retry topics and dead letters.
import 'reflect-metadata'
import { MillraceServer } from '@millrace/nestjs'
import { Controller, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { EventPattern, type MicroserviceOptions, Payload, Transport } from '@nestjs/microservices'
import { group, handle, type Noted, reportAndEnd, run } from './run.ts'

class Notes {
  async noted(value: Noted): Promise<void> {
    handle(value)
  }
}
// What a compiler that knows decorators would write.
const { prototype } = Notes
Payload()(prototype, 'noted', 0)
EventPattern(run.topics[0])(prototype, 'noted', Object.getOwnPropertyDescriptor(prototype, 'noted')!)
Controller()(Notes)
class NotesModule {}
Module({ controllers: [Notes] })(NotesModule)

process.env['KAFKAJS_NO_PARTITIONER_WARNING'] = '1'
const transport: MicroserviceOptions =
  run.variant === 'kafkajs'
    ? {
        transport: Transport.KAFKA,
        options: {
          client: { brokers: [...run.brokers], logLevel: 0 },
          consumer: { groupId: group },
          subscribe: { fromBeginning: true },
        },
      }
    : {
        strategy: new MillraceServer({
          name: group,
          brokers: run.brokers,
          handle: { deadLetter: true, retry: { attempts: 3, topicDelaysMs: [1_000] } },
        }),
      }
const app = await NestFactory.createMicroservice<MicroserviceOptions>(NotesModule, {
  ...transport,
  logger: false,
})
await app.listen()
await reportAndEnd()

// What examples of the NestJS adapter take for granted: an application, its health checks, and topics.
import type { MillraceHealthIndicator, MillraceServer } from '@millrace/nestjs'
import type { INestApplicationContext } from '@nestjs/common'

export { Module } from '@nestjs/common'
export { NestFactory } from '@nestjs/core'
export type { MicroserviceOptions } from '@nestjs/microservices'
export { firstValueFrom } from 'rxjs'
export { invoices, type Order } from './service.ts'

export declare class AppModule {}
export declare const app: INestApplicationContext
export declare const server: MillraceServer
export declare const indicator: MillraceHealthIndicator
export declare const health: { check(checks: readonly (() => unknown)[]): Promise<unknown> }

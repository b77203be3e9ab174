// What examples of the Fastify plugin take for granted: a server and a topic.
import { json, string, topic } from '@millrace/client'
import type { FastifyInstance } from 'fastify'

export declare const app: FastifyInstance
export const orders = topic('orders', { key: string(), value: json<{ total: number }>() })

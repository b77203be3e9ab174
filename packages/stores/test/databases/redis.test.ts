// The dedupe store in Redis, which REDIS_URL names, by both clients.
import { dedupeContract } from '../contract/dedupe-contract.ts'
import { ioredisDedupe, nodeRedisDedupe, whyNot } from './servers.ts'

const url = process.env['REDIS_URL'] ?? ''
const skip = whyNot('REDIS_URL')

dedupeContract('redis by ioredis', () => ioredisDedupe(url), skip)
dedupeContract('redis by node-redis', () => nodeRedisDedupe(url), skip)

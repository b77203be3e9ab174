// The stores in MariaDB or MySQL, which MYSQL_URL names.
import { dedupeContract } from '../contract/dedupe-contract.ts'
import { outboxContract } from '../contract/outbox-contract.ts'
import { mysqlDedupe, mysqlOutbox, whyNot } from './servers.ts'

const url = process.env['MYSQL_URL'] ?? ''
const skip = whyNot('MYSQL_URL')

dedupeContract('mysql', () => mysqlDedupe(url), skip)
outboxContract('mysql', () => mysqlOutbox(url), { skip, events: 5_000, aggregates: 50 })

// The outbox that needs no server of its own.
import { sqliteOutbox } from './contract/databases.ts'
import { outboxContract } from './contract/outbox-contract.ts'

outboxContract('sqlite', sqliteOutbox, { events: 600, aggregates: 20 })

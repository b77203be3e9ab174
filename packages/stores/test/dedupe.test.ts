// Dedupe stores that need no server of their own.
import { memoryDedupe, sqliteDedupe } from './contract/databases.ts'
import { dedupeContract } from './contract/dedupe-contract.ts'

dedupeContract('memory', memoryDedupe)
dedupeContract('sqlite', sqliteDedupe)

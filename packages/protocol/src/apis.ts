// All messages of the protocol as one list, for tools that take any of them.
export { apis } from './generated/apis.ts'
export { apiByKey } from './messages/api-by-key.ts'

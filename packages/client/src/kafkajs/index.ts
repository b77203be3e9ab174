// `@millrace/client/kafkajs`: the exports of KafkaJS 2, over our clients. An application changes the line that imports KafkaJS, and nothing else.
import * as kafkajs from './exports.ts'

export * from './exports.ts'
/** For who imports KafkaJS as a whole, as ECMAScript modules do. */
export default kafkajs

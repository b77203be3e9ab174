// What of the messages is for other packages; the generated files stand beside it in the door.
export type { Api, ApiVersions } from './api.ts'
export { zeroUuid } from './constants.ts'
export { requestHeaderVersion, responseHeaderVersion } from './headers.ts'
export type { RecordFormat } from './record-format.ts'
export { decodeRequest, decodeResponse, expectEnd } from './whole.ts'

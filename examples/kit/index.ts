// What applications are made of beside what they are about.
export { BrokerUse } from './broker-use.ts'
export { CommandLine } from './command-line.ts'
export { type Followed, Follower } from './follower.ts'
export { type Answer, type Call, HttpSide, type Route } from './http-side.ts'
export { Live } from './live.ts'
export { drive, type LoadOptions, type LoadReport } from './load.ts'
export { type Processes, startProcesses } from './processes.ts'
export { choiceOf, nameOf, readBody, RequestError, textOf, wholeNumberOf } from './requests.ts'

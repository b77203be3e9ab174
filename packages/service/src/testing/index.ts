// What tests of services need: a harness with a broker and a clock, and fakes for tests without either.
export { type FakeContext, type FakeContextOptions, fakeContext, fakeEvent, type Published } from './fakes.ts'
export {
  type FoundDeadLetter,
  type HarnessOptions,
  ServiceHarness,
  type SettleOptions,
} from './service-harness.ts'
export { TestClock } from './test-clock.ts'

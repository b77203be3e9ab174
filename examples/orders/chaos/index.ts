// The storm, for who has brokers to kill.
export { chaos, type ChaosOptions, type ChaosReport } from './chaos.ts'
export { seeded } from './seeded.ts'

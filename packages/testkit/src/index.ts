// What tests of several packages share. The simulator has doors of its own under `sim` and `simulation`.
export { eventually, readTopic, takeRecords, type TestCluster, withCluster } from './target.ts'

// What tests of several packages share. The simulator has doors of its own under `sim` and `simulation`.
export {
  eventually,
  readCommitted,
  readTopic,
  takeRecords,
  type TestCluster,
  whyNot,
  withCluster,
} from './target.ts'

// One record of a coordinator's topic, as it is written.

/** Key and value; the value of a tombstone is null. */
export interface CoordinatorRecord {
  readonly key: Buffer
  readonly value: Buffer | null
}

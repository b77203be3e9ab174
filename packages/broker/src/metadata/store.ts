// Metadata that outlives the broker: the image, and changes to it, one at a time, durable before they are visible.
import type { MetadataImage, TopicImage } from './image.ts'
import type { MetadataRecord } from './record.ts'

/** Hears of topics that come and go. Called after the change is durable and in the image. */
export interface TopicListener {
  onTopicCreated?(topic: TopicImage): void
  /** `topic` has left the image; its partitions are being removed. */
  onTopicDeleted?(topic: TopicImage): void
}

/** What a change is decided to be: records to write (none for nothing to do) and what its caller gets. */
export interface Decision<T> {
  readonly records: readonly MetadataRecord[]
  readonly result: T
}

export interface MetadataStore {
  readonly image: MetadataImage
  /**
   * Runs `decide` when all earlier changes are in the image, writes its records as one atomic batch, waits until they are
   * durable, applies them, and makes or removes the partitions that they speak of. Rejects with what `decide` throws
   * (nothing changes then) or with the storage's error.
   */
  change<T>(decide: (image: MetadataImage) => Decision<T>): Promise<T>
  /** Registers a listener; the returned function takes it away. */
  listen(listener: TopicListener): () => void
}

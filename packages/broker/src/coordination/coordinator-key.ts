// Which partition of an internal topic is responsible for a key: the same one as in Apache Kafka, or files could not be shared.

/** Java's `String.hashCode`: over UTF-16 code units, in 32 bits. */
export function javaStringHash(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return hash
}

/** Kafka's `Utils.abs(key.hashCode()) % partitions`: the most negative integer counts as 0. */
export function coordinatorPartition(key: string, partitions: number): number {
  const hash = javaStringHash(key)
  return (hash === -(2 ** 31) ? 0 : Math.abs(hash)) % partitions
}

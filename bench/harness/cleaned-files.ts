// What both brokers leave to see of compaction in a data directory: up to where logs are clean, what is being cleaned, and how much there is.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Lines of `cleaner-offset-checkpoint` about a topic; none before it was cleaned for the first time. */
export function cleanedLines(dataDir: string, topic: string): string {
  let text: string
  try {
    text = readFileSync(join(dataDir, 'cleaner-offset-checkpoint'), 'utf8')
  } catch {
    return ''
  }
  return text
    .split('\n')
    .filter(line => line.startsWith(`${topic} `))
    .join('\n')
}

export interface TopicFiles {
  /** Of all files, those that are to be deleted among them. */
  readonly bytes: number
  /** Of the segments. */
  readonly logBytes: number
  /** A segment is being written anew. */
  readonly cleaning: boolean
}

/** Files that go meanwhile are passed over. */
export function lookAtTopic(dataDir: string, topic: string): TopicFiles {
  let [bytes, logBytes, cleaning] = [0, 0, false]
  for (const directory of readdirSync(dataDir).filter(name => name.startsWith(`${topic}-`))) {
    for (const name of readdirSync(join(dataDir, directory))) {
      const size = statSync(join(dataDir, directory, name), { throwIfNoEntry: false })?.size ?? 0
      bytes += size
      if (name.endsWith('.log')) logBytes += size
      cleaning ||= /\.(cleaned|swap)$/.test(name)
    }
  }
  return { bytes, logBytes, cleaning }
}

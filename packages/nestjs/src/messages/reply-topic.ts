// Where answers go, as Nest has it.

/** The topic of the answers to requests of a topic. */
export function replyTopicOf(topic: string): string {
  return `${topic}.reply`
}

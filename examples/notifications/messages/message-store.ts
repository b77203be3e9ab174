// Where messages and names are kept: each user's latest, by whichever process. Two kinds, which do the same.
import type { Message } from '../topics.ts'

/** Older ones of a user are forgotten. */
export const messagesPerUser = 50

/** Every call rejects when the store cannot be reached: what was to be kept comes again then. */
export interface MessageStore {
  /** Keeps a message, and the latest of its user. Resolves with false when it was there already: records come again after a crash. */
  keep(user: string, message: Message): Promise<boolean>
  /** The newest first. */
  latest(user: string): Promise<Message[]>
  /** How many messages and users there are. */
  count(): Promise<{ readonly messages: number; readonly users: number }>
  /** What somebody is called in messages; undefined for who is not known. */
  displayName(name: string): Promise<string | undefined>
  setDisplayName(name: string, display: string): Promise<void>
  close(): Promise<void>
}

// Keeps the broker from filling with what malformed requests happen to create: topics under changed names, groups of nobody.
//
// Without it a long run measures how a broker with tens of thousands of topics fares, and memory grows for good reason.
import { Admin } from '@millrace/client'

const everyMs = 2000
/** In one request. */
const deletedMax = 500

export class Janitor {
  readonly #admin: Admin
  readonly #keepsTopic: (name: string) => boolean
  readonly #keepsGroup: (groupId: string) => boolean
  #timer: NodeJS.Timeout | undefined
  #sweeping: Promise<void> = Promise.resolve()
  topicsDeleted = 0
  groupsDeleted = 0

  constructor(port: number, keepsTopic: (name: string) => boolean, keepsGroup: (groupId: string) => boolean) {
    this.#admin = new Admin({ brokers: [`127.0.0.1:${port}`], clientId: 'janitor' })
    this.#keepsTopic = keepsTopic
    this.#keepsGroup = keepsGroup
  }

  start(): void {
    this.#timer = setTimeout(() => {
      // What is in use, or was deleted by a malformed request meanwhile, is for another time.
      this.#sweeping = this.#sweep().catch(() => {})
      void this.#sweeping.then(() => {
        if (this.#timer) this.start()
      })
    }, everyMs)
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#sweeping
    this.#admin.close()
  }

  async #sweep(): Promise<void> {
    const topics = (await this.#admin.listTopics()).map(({ name }) => name)
    const strayTopics = topics.filter(name => !this.#keepsTopic(name)).slice(0, deletedMax)
    if (strayTopics.length > 0) {
      const outcomes = await this.#admin.deleteTopics(strayTopics)
      this.topicsDeleted += outcomes.filter(({ error }) => error === undefined).length
    }
    const groups = (await this.#admin.listGroups()).map(({ groupId }) => groupId)
    const strayGroups = groups.filter(groupId => !this.#keepsGroup(groupId)).slice(0, deletedMax)
    if (strayGroups.length > 0) {
      const outcomes = await this.#admin.deleteGroups(strayGroups)
      this.groupsDeleted += outcomes.filter(({ error }) => error === undefined).length
    }
  }
}

// The decisions about one client that were made already: the same question has the same answer until an entry comes or goes.
import type { AclSet } from './acl-set.ts'
import { topicNameMaxLength } from '../limits.ts'
import { type Asker, type Decision, type DecisionOptions, decide } from './decision.ts'

/** Resource names remembered for one connection; a client that names more begins anew. */
const namesMax = 4_096
/** More than there are operations: a slot of `#byKind` is an operation on a resource type. */
const operationSlots = 16

export class Decisions {
  readonly asker: Asker
  readonly #acls: AclSet
  readonly #options: DecisionOptions
  #version: number
  #count = 0
  #byKind: (Map<string, Decision> | undefined)[] = []

  constructor(acls: AclSet, asker: Asker, options: DecisionOptions) {
    this.#acls = acls
    this.asker = asker
    this.#options = options
    this.#version = acls.version
  }

  of(operation: number, resourceType: number, name: string): Decision {
    if (this.#version !== this.#acls.version || this.#count >= namesMax) this.#forget()
    const kind = resourceType * operationSlots + operation
    let byName = this.#byKind[kind]
    if (!byName) this.#byKind[kind] = byName = new Map()
    let decision = byName.get(name)
    if (decision) return decision
    decision = decide(this.#acls, this.asker, operation, resourceType, name, this.#options)
    // Longer names are decided about each time: who makes up thousands of them must not fill the memory.
    if (name.length > topicNameMaxLength) return decision
    byName.set(name, decision)
    this.#count++
    return decision
  }

  #forget(): void {
    this.#version = this.#acls.version
    this.#count = 0
    this.#byKind = []
  }
}

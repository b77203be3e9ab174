// All access control entries there are, by id, and found by the resource that they apply to.
import { invariant } from '@millrace/runtime'
import { type Acl, type AclFilter, aclKey, aclPatternTypes, aclWildcard, matchesFilter } from './acl.ts'

/** Entries of one resource type: by the name that they have, exact or as a prefix. */
class TypeIndex {
  readonly literal = new Map<string, Acl[]>()
  readonly prefixed = new Map<string, Acl[]>()
  /** How many names of `prefixed` have each length: a resource is looked up once for each length that there is. */
  readonly prefixLengths = new Map<number, number>()
}

const none: readonly Acl[] = []

export class AclSet {
  readonly #byId = new Map<string, Acl>()
  readonly #keys = new Set<string>()
  readonly #types = new Map<number, TypeIndex>()
  #version = 0

  /** Grows with every change: decisions that were remembered before it count no more. */
  get version(): number {
    return this.#version
  }

  get size(): number {
    return this.#byId.size
  }

  /** By id, a UUID in Kafka's string form. */
  entries(): IterableIterator<[string, Acl]> {
    return this.#byId.entries()
  }

  hasId(id: string): boolean {
    return this.#byId.has(id)
  }

  /** Whether an equal entry is there. */
  has(acl: Acl): boolean {
    return this.#keys.has(aclKey(acl))
  }

  /** Those that a filter means, with their ids. It looks at each there is, of which there may be many: nothing is made of those that it does not mean. */
  matching(filter: AclFilter): [string, Acl][] {
    const found: [string, Acl][] = []
    for (const [id, acl] of this.#byId) if (matchesFilter(filter, acl)) found.push([id, acl])
    return found
  }

  add(id: string, acl: Acl): void {
    const known = this.#byId.get(id)
    if (known) this.remove(id)
    this.#byId.set(id, acl)
    this.#keys.add(aclKey(acl))
    let index = this.#types.get(acl.resourceType)
    if (!index) this.#types.set(acl.resourceType, (index = new TypeIndex()))
    const names = namesOf(index, acl)
    const list = names.get(acl.resourceName)
    if (list) list.push(acl)
    else {
      names.set(acl.resourceName, [acl])
      if (names === index.prefixed) count(index.prefixLengths, acl.resourceName.length, 1)
    }
    this.#version++
  }

  /** Throws for an id that is not there: then the log is not what this code has written. */
  remove(id: string): void {
    const acl = this.#byId.get(id)
    if (!acl) throw new Error(`metadata removes the ACL ${id}, which it has not introduced`)
    this.#byId.delete(id)
    this.#keys.delete(aclKey(acl))
    const index = this.#types.get(acl.resourceType)!
    const names = namesOf(index, acl)
    const list = names.get(acl.resourceName)!
    const place = list.indexOf(acl)
    invariant(place >= 0, 'an ACL that is known by its id is in the index of its type')
    list.splice(place, 1)
    if (list.length === 0) {
      names.delete(acl.resourceName)
      if (names === index.prefixed) count(index.prefixLengths, acl.resourceName.length, -1)
    }
    this.#version++
  }

  /** Entries of resources of that type, whatever their name. */
  *ofType(resourceType: number): Generator<Acl> {
    const index = this.#types.get(resourceType)
    if (!index) return
    for (const list of index.literal.values()) yield* list
    for (const list of index.prefixed.values()) yield* list
  }

  /**
   * Shows `visit` each entry that applies to a resource, until it returns true. A resource that is called `*` meets the entries of that name
   * twice, which changes nothing.
   */
  visit(resourceType: number, name: string, visit: (acl: Acl) => boolean): void {
    const index = this.#types.get(resourceType)
    if (!index) return
    const { literal, prefixed, prefixLengths } = index
    if ((literal.get(name) ?? none).some(visit)) return
    if ((literal.get(aclWildcard) ?? none).some(visit)) return
    for (const length of prefixLengths.keys()) {
      if (length > name.length) continue
      if ((prefixed.get(name.slice(0, length)) ?? none).some(visit)) return
    }
  }
}

function namesOf(index: TypeIndex, { patternType }: Acl): Map<string, Acl[]> {
  return patternType === aclPatternTypes.PREFIXED ? index.prefixed : index.literal
}

function count(lengths: Map<number, number>, length: number, change: number): void {
  const left = (lengths.get(length) ?? 0) + change
  if (left === 0) lengths.delete(length)
  else lengths.set(length, left)
}

// Sets of ACLs with questions about them, made by chance from a seed: the same questions are put to Apache Kafka's authorizer
// (conformance/acls.ts), whose answers stand in decisions.txt.
import {
  type Acl,
  aclKey,
  aclOperations,
  aclPatternTypes,
  aclPermissionTypes,
  aclResourceTypes,
} from '../../src/authorizer/acl.ts'

export interface Question {
  readonly principal: string
  readonly host: string
  readonly operation: number
  readonly resourceType: number
  /** Null: may it be done to any resource of the type? */
  readonly resourceName: string | null
}

export interface DecisionCase {
  readonly superUsers: readonly string[]
  readonly allowIfNoAcl: boolean
  readonly acls: readonly Acl[]
  readonly questions: readonly Question[]
}

const caseCount = 200
const questionsPerCase = 55
/** Of them, about a resource; the others about any of a type. */
export const namedQuestionsPerCase = 50

// Short names of few letters: they are often equal, or begin with each other. None begins with "*", to which Apache Kafka does not apply the wildcard, nor
// with a character before it, with which its search goes astray (it ends with an exception, or never).
const names = ['a', 'ab', 'abc', 'abcd', 'abd', 'ac', 'b', 'ba', 'bab', 'z', '*', '-a', 'ä', 'äb']
/** A user who is called "*" makes Apache Kafka's authorizer throw: nobody asks as one. */
const askers = ['User:a', 'User:b', 'User:CN=a,O=b:c', 'Group:a']
const principals = [...askers, 'User:*']
const hosts = ['10.0.0.1', '10.0.0.2', '0:0:0:0:0:0:0:1']
const resourceTypes = Object.values(aclResourceTypes).slice(2)
const askedOperations = Object.values(aclOperations).slice(3)

export function* decisionCases(seed = 1): Generator<DecisionCase> {
  const random = randomOf(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  for (let number = 0; number < caseCount; number++) {
    // Few types and operations a case, or nothing would ever match.
    const types = [pick(resourceTypes), pick(resourceTypes)]
    const operations = [pick(askedOperations), pick(askedOperations), pick(askedOperations)]
    // What is implied is met often enough only when it is looked for.
    const implied = [aclOperations.DESCRIBE, aclOperations.DESCRIBE_CONFIGS]
    const implying = [aclOperations.READ, aclOperations.WRITE, aclOperations.DELETE, aclOperations.ALTER]
    const named = [...operations, ...implying, aclOperations.ALTER_CONFIGS, aclOperations.ALL]
    const denials = random() * 0.5
    const acl = (): Acl => ({
      resourceType: pick(types),
      resourceName: pick(names),
      patternType: random() < 0.5 ? aclPatternTypes.LITERAL : aclPatternTypes.PREFIXED,
      principal: pick(principals),
      host: random() < 0.6 ? '*' : pick(hosts),
      operation: pick(named),
      permissionType: random() < denials ? aclPermissionTypes.DENY : aclPermissionTypes.ALLOW,
    })
    const question = (index: number): Question => ({
      principal: pick(askers),
      host: pick(hosts),
      operation: random() < 0.4 ? pick(implied) : pick(operations),
      resourceType: pick(types),
      resourceName: index < namedQuestionsPerCase ? pick(names) : null,
    })
    yield {
      superUsers: random() < 0.2 ? [pick(principals)] : [],
      allowIfNoAcl: random() < 0.4,
      acls: distinct(Array.from({ length: Math.floor(random() ** 2 * 60) }, acl)),
      questions: Array.from({ length: questionsPerCase }, (_, index) => question(index)),
    }
  }
}

/** Equal entries are one: the controller makes no second. */
function distinct(acls: readonly Acl[]): Acl[] {
  return [...new Map(acls.map(acl => [aclKey(acl), acl])).values()]
}

/** Mulberry32: numbers from 0 to 1, the same for a seed everywhere. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

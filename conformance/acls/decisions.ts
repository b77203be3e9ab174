// The decisions of Apache Kafka's authorizer on generated ACLs, beside ours.
import { answersOf } from '../../packages/broker/test/authorizer/decision-answers.ts'
import { type DecisionCase, decisionCases } from '../../packages/broker/test/authorizer/decision-cases.ts'
import { runJava } from '../protocol/libs.ts'

/** A case in the lines that AuthorizerOracle reads. */
function linesOf({ superUsers, allowIfNoAcl, acls, questions }: DecisionCase): string[] {
  const line = (...fields: readonly (string | number)[]) => fields.join('\t')
  return [
    line('S', superUsers.join(';'), String(allowIfNoAcl)),
    ...acls.map(({ resourceType, patternType, principal, host, operation, permissionType, resourceName }) =>
      line('A', resourceType, patternType, principal, host, operation, permissionType, resourceName),
    ),
    ...questions.map(({ principal, host, operation, resourceType, resourceName }) =>
      resourceName === null
        ? line('T', principal, host, operation, resourceType)
        : line('Q', principal, host, operation, resourceType, resourceName),
    ),
  ]
}

/** What Apache Kafka says, a line a case. */
export function kafkaDecisions(libs: string): string[] {
  const input = [...decisionCases()].flatMap(linesOf).join('\n')
  return runJava(libs, 'AuthorizerOracle.java', [], `${input}\n`)
    .split('\n')
    .filter(line => /^[01]+$/.test(line))
}

/** Questions that we answer otherwise. */
export function differingDecisions(theirs: readonly string[]): {
  readonly count: number
  readonly problems: string[]
} {
  const problems: string[] = []
  let count = 0
  for (const [number, decisionCase] of [...decisionCases()].entries()) {
    const ours = answersOf(decisionCase)
    count += ours.length
    for (const [index, answer] of ours.split('').entries()) {
      const other = theirs[number]?.[index]
      if (answer === other) continue
      const question = JSON.stringify(decisionCase.questions[index])
      problems.push(`case ${number}, ${question}: ours ${answer}, Apache Kafka ${other ?? 'says nothing'}`)
    }
  }
  return { count, problems }
}

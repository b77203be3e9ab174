// Ten thousand decisions, against those of Apache Kafka's StandardAuthorizer on the same ACLs (`conformance/acls.ts --write`).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { answersOf } from './decision-answers.ts'
import { decisionCases, namedQuestionsPerCase } from './decision-cases.ts'

test('every decision on generated ACLs is the one that Apache Kafka makes', () => {
  const kafka = readFileSync(new URL('decisions.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const cases = [...decisionCases()]
  assert.equal(cases.length, kafka.length)
  let allowed = 0
  for (const [index, decisionCase] of cases.entries()) {
    const answers = answersOf(decisionCase)
    assert.equal(answers, kafka[index], `case ${index}`)
    allowed += answers.split('1').length - 1
  }
  assert.ok(cases.length * namedQuestionsPerCase >= 10_000)
  assert.ok(allowed > 3_000, `${allowed} allowed: too few to tell anything`)
})

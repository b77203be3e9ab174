// The gate before the handlers: who may ask what, when.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiVersionsApi, MetadataApi } from '@millrace/protocol'
import { defineHandler, type RequestContext } from '../../src/handlers/handler.ts'
import { RequestError } from '../../src/request-error.ts'
import { SessionGate } from '../../src/server/gate.ts'
import { Session } from '../../src/server/session.ts'
import { ManualClock } from '../groups/manual-clock.ts'

const first = defineHandler(
  ApiVersionsApi,
  { authorization: 'NONE', quota: 'REQUEST', beforeAuthentication: true },
  () => null,
)
const other = defineHandler(MetadataApi, { authorization: 'NONE', quota: 'REQUEST' }, () => null)

function passes(gate: SessionGate, session: Session, handler = other): boolean {
  try {
    gate.admit(handler, { connection: { session } } as RequestContext)
    return true
  } catch (error) {
    assert.ok(error instanceof RequestError)
    return false
  }
}

test('who need not authenticate is anonymous and may ask everything', () => {
  const session = new Session()
  assert.equal(session.principal, 'User:ANONYMOUS')
  assert.ok(passes(new SessionGate(new ManualClock()), session))
})

test('who must authenticate may ask only what leads there, until it has, and again when that expires', async () => {
  const clock = new ManualClock()
  const gate = new SessionGate(clock)
  const session = new Session(true)
  assert.deepEqual([passes(gate, session), passes(gate, session, first)], [false, true])
  session.authenticate('User:alice', clock.monotonic() + 1_000)
  assert.equal(session.principal, 'User:alice')
  await clock.pass(999)
  assert.equal(passes(gate, session), true)
  await clock.pass(1)
  assert.deepEqual([passes(gate, session), passes(gate, session, first)], [false, true])
  session.authenticate('User:alice')
  assert.equal(passes(gate, session), true)
})

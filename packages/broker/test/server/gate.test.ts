// The gate before the handlers: who may ask what, when.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MetadataApi } from '@millrace/protocol'
import type { SaslExchange } from '../../src/authentication/sasl/sasl-exchange.ts'
import { defineHandler, type RequestContext } from '../../src/handlers/handler.ts'
import { RequestError } from '../../src/request-error.ts'
import { SessionGate } from '../../src/server/gate.ts'
import { Session } from '../../src/server/session.ts'
import { ManualClock } from '@millrace/testkit/clocks'

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

test('who must log in may ask nothing else before, and the gate says what it was', () => {
  const session = new Session({
    sasl: { refusal: (name: string) => `${name} before a login` } as unknown as SaslExchange,
  })
  const gate = new SessionGate(new ManualClock())
  assert.throws(
    () => gate.admit(other, { connection: { session } } as RequestContext),
    (error: Error) => error instanceof RequestError && error.message === 'Metadata before a login',
  )
})

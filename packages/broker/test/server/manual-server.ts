// A server of a broker with a clock that the test moves and connections that it makes by hand.
import type { BrokerCore } from '../../src/core.ts'
import type { ManualClock } from '@millrace/testkit/clocks'

/** The broker as its server sees it, with a clock that the test moves. */
export function withClock(core: BrokerCore, clock: ManualClock): BrokerCore {
  return new Proxy(core, {
    get(target, name) {
      if (name === 'clock') return clock
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

export const plainText = {
  listeners: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9092 }],
  advertised: [],
  protocols: new Map([['PLAINTEXT', 'PLAINTEXT'] as const]),
}

// What tests of patterns share.
import type { ServiceOptions } from '@millrace/service'
import type { TestCluster } from '@millrace/testkit'

/** Options that make groups quick. */
export function quick({ brokers }: Pick<TestCluster, 'brokers'>): Omit<ServiceOptions, 'name'> {
  return {
    brokers,
    commitIntervalMs: 50,
    consumer: { heartbeatIntervalMs: 100, sessionTimeoutMs: 6_000 },
  }
}

/** A promise with its ends outside. */
export function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  let open: () => void = () => {}
  const passed = new Promise<void>(resolve => {
    open = resolve
  })
  return { open, passed }
}

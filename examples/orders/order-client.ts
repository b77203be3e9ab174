// Does by HTTP what shoppers want: for loads.
import type { Shoppers } from './generator.ts'
import type { Written } from './order-desk.ts'

/** One step. Resolves with what was written; undefined when it was refused for a passing reason. Rejects when nobody answers. */
export async function send(
  address: string,
  shoppers: Shoppers,
  signal: AbortSignal,
): Promise<Written | undefined> {
  const step = shoppers.next()
  const [method, path, body] =
    step.kind === 'place'
      ? ['POST', '/orders', step.placement]
      : step.kind === 'update'
        ? ['PUT', `/orders/${step.order}`, { quantity: step.quantity }]
        : ['DELETE', `/orders/${step.order}`, undefined]
  const response = await fetch(address + path, {
    method,
    signal,
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as Written & { readonly error?: string }
  // Cancelled in between by another request: that is how it should be.
  if (response.status === 409) return { order: step.kind === 'place' ? '' : step.order, version: 0 }
  if (!response.ok) return undefined
  if (step.kind === 'place') shoppers.remember(answer.order)
  return answer
}

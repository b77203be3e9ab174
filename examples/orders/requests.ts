// Orders as they come in by HTTP, checked: every error says what is wrong with which field.
import { choiceOf, nameOf, RequestError, wholeNumberOf } from '@millrace/example-kit'
import type { Placement } from './order-desk.ts'

const quantityMax = 100
const idShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type Body = Readonly<Record<string, unknown>>

/** Throws RequestError. */
export function placementOf(body: Body): Placement {
  return {
    user: nameOf('user', body['user']),
    sku: nameOf('sku', body['sku']),
    quantity: quantityOf(body),
    priority: choiceOf('priority', body['priority'] ?? 'normal', ['normal', 'high']),
  }
}

/** Throws RequestError. */
export function quantityOf(body: Body): number {
  return wholeNumberOf('quantity', body['quantity'], 1, quantityMax)
}

/** The id of an order. Throws RequestError. */
export function orderIdOf(text: string | undefined): string {
  if (text !== undefined && idShape.test(text)) return text
  throw new RequestError(404, `there is no order ${text ?? ''}`)
}

// Orders and what becomes of them: the texts on the topics, and the arithmetic. No Kafka here.

/** An order as the shop writes it. */
export interface Order {
  readonly id: number
  readonly customer: string
  readonly item: keyof typeof prices
  readonly quantity: number
}

/** What pricing makes of it. */
export interface Invoice {
  readonly order: number
  readonly customer: string
  readonly cents: number
}

const prices = { anvil: 9_900, rope: 1_250, lamp: 4_500 } as const
const customers = ['ada', 'bob', 'cy', 'dot'] as const

/** Orders that are the same in every run; one of them nobody can ship. */
export function makeOrders(count: number): Order[] {
  const items = Object.keys(prices) as (keyof typeof prices)[]
  return Array.from({ length: count }, (_, id) => ({
    id,
    customer: customers[id % customers.length]!,
    item: items[id % items.length]!,
    quantity: id === unshippable ? -1 : 1 + (id % 3),
  }))
}

/** The order that makes the warehouse fail, whatever is tried. */
export const unshippable = 17

/** The price of an order. Throws for one that makes no sense. */
export function price({ id, customer, item, quantity }: Order): Invoice {
  return { order: id, customer, cents: prices[item] * Math.max(0, quantity) }
}

/** Reads what is on the topics. Throws for what is no JSON. */
export function read<T>(value: Buffer | null): T {
  return JSON.parse(String(value)) as T
}

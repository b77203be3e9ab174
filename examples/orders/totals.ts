// Totals: what each user's orders come to, by what has come of them. Each outcome counts exactly once: what it changes, and that it was counted, stand in one transaction of Kafka.
import type { Service } from '@millrace/service'
import { handlingOf, type RetryPlan } from './retry-plan.ts'
import type { Names } from './topics.ts'

export function declareTotals(service: Service, { outcomes, totals }: Names, plan: RetryPlan): void {
  service.handle(
    outcomes,
    {
      'order.settled': ({ data: { status, cents, was } }, context) => {
        const { key } = context
        if (was) {
          const data = { status: was.status, orders: -1, cents: -was.cents }
          context.publish(totals, { key, type: 'total.changed', data })
        }
        context.publish(totals, { key, type: 'total.changed', data: { status, orders: 1, cents } })
      },
    },
    handlingOf(plan),
  )
}

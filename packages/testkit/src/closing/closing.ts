// Rounds of closing against a broker of this process that is reached by a way that breaks.
import { createServer } from 'node:net'
import { Broker } from '@millrace/broker'
import { Admin, throwFirst } from '@millrace/client'
import { closingRound, type Ending } from './closing-round.ts'
import { FaultyProxy, type Passage } from './faulty-proxy.ts'

/** How a broker vanishes: its connections are cut and new ones refused, nothing comes through any more, connections are cut once, or not at all. */
export const ways = ['cut', 'frozen', 'reset', 'there'] as const
export type Way = (typeof ways)[number]

/** What is drawn of a round. */
export interface ClosingCourse {
  readonly way: Way
  readonly workMs: number
  readonly lostMs: number
  readonly aborts: boolean
}

const topic = 'closing'

/** Runs one round with a broker of its own. Rejects as `closingRound` does. */
export async function closeBehindProxy({ way, ...course }: ClosingCourse): Promise<Ending[]> {
  const proxy = await FaultyProxy.start()
  try {
    const port = await freePort()
    proxy.target(port)
    await using _ = await Broker.start({
      port,
      config: {
        'advertised.listeners': `PLAINTEXT://127.0.0.1:${proxy.port}`,
        'group.initial.rebalance.delay.ms': 0,
        'log.fsync': 'never',
      },
    })
    const brokers = [`127.0.0.1:${proxy.port}`]
    await prepare(brokers, topic)
    return await closingRound({
      ...course,
      workplace: { brokers, topic, prefix: topic },
      vanish: () => (way === 'reset' ? proxy.reset() : proxy.set(passages[way])),
    })
  } finally {
    await proxy.close()
  }
}

const passages: Readonly<Record<Exclude<Way, 'reset'>, Passage>> = {
  cut: 'cut',
  frozen: 'frozen',
  there: 'open',
}

/** Makes the topics that the clients work on. */
export async function prepare(brokers: readonly string[], name: string): Promise<void> {
  await using admin = new Admin({ brokers })
  throwFirst(
    await admin.createTopics([
      { name, partitions: 2 },
      { name: `${name}-copies`, partitions: 2 },
    ]),
  )
}

/** A port of the loopback interface that nothing listens on now. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { readonly port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}

/** Draws a round. */
export function drawCourse(random: () => number): ClosingCourse {
  return {
    way: ways[Math.floor(random() * ways.length)]!,
    workMs: random() * 3_000,
    lostMs: random() < 0.5 ? 0 : random() * 3_000,
    aborts: random() < 0.5,
  }
}

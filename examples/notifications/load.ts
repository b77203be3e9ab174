// A load for the application: npm run notifications:load [-- --address http://127.0.0.1:8080 --seconds 10 --rate 200 --unknown 0.01]
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const users = ['anna', 'ben', 'chioma', 'dmitri', 'emi', 'farid']
const posts = ['Ten days in Lisbon', 'Why queues fill up', 'Sourdough, again']
const inFlightMax = 200

const { values } = parseArgs({
  options: {
    address: { type: 'string', default: 'http://127.0.0.1:8080' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '200' },
    unknown: { type: 'string', default: '0.01' },
  },
})
const seconds = Number(values.seconds)
const rate = Number(values.rate)
const unknown = Number(values.unknown)
if (!(seconds > 0 && seconds <= 3_600 && rate > 0 && rate <= 10_000 && unknown >= 0 && unknown <= 1)) {
  console.error('--seconds is up to 3600, --rate up to 10000 a second, --unknown a share of 0 to 1')
  process.exit(2)
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!

function something(): object {
  const by = Math.random() < unknown ? 'stranger' : pick(users)
  const kind = Math.random()
  if (kind < 0.4) return { type: 'user.followed', by }
  if (kind < 0.8) return { type: 'post.liked', by, post: pick(posts) }
  return { type: 'post.commented', by, post: pick(posts), comment: 'Thank you for this.' }
}

let answered = 0
let refused = 0
let inFlight = 0

async function sendOne(): Promise<void> {
  inFlight++
  try {
    const response = await fetch(`${values.address}/users/${pick(users)}/notifications`, {
      method: 'POST',
      body: JSON.stringify(something()),
      signal: AbortSignal.timeout(30_000),
    })
    await response.arrayBuffer()
    if (response.ok) answered++
    else refused++
  } catch (error) {
    refused++
    if (refused === 1) console.error(`${values.address}: ${(error as Error).message}`)
  } finally {
    inFlight--
  }
}

const startedAt = performance.now()
for (let sent = 0; performance.now() - startedAt < seconds * 1000; ) {
  const due = ((performance.now() - startedAt) / 1000) * rate
  for (; sent < due && inFlight < inFlightMax; sent++) void sendOne()
  await sleep(5)
}
while (inFlight > 0) await sleep(10)
console.log(
  `${answered} taken, ${refused} refused in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
)
process.exitCode = refused === 0 ? 0 : 1

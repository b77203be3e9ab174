// A load for the application: npm run notifications:load [-- --address http://127.0.0.1:8080 --seconds 10 --rate 200 --unknown 0.01]
import { CommandLine, drive } from '@millrace/example-kit'

const users = ['anna', 'ben', 'chioma', 'dmitri', 'emi', 'farid']
const posts = ['Ten days in Lisbon', 'Why queues fill up', 'Sourdough, again']

const usage = `Usage: npm run notifications:load [-- options]

  --address URL   of the application (default http://127.0.0.1:8080)
  --seconds N     how long, up to 3600 (default 10)
  --rate N        requests a second, up to 10000 (default 200)
  --unknown SHARE of notifications by somebody whom nobody knows (default 0.01)
  -h, --help      this text`

const options = new CommandLine(usage, {
  address: 'http://127.0.0.1:8080',
  seconds: '10',
  rate: '200',
  unknown: '0.01',
})
const unknown = options.number('unknown', 0, 1)

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!

function something(): object {
  const by = Math.random() < unknown ? 'stranger' : pick(users)
  const kind = Math.random()
  if (kind < 0.4) return { type: 'user.followed', by }
  if (kind < 0.8) return { type: 'post.liked', by, post: pick(posts) }
  return { type: 'post.commented', by, post: pick(posts), comment: 'Thank you for this.' }
}

const { taken, refused, seconds } = await drive({
  seconds: options.number('seconds', 0.1, 3_600),
  rate: options.number('rate', 0.1, 10_000),
  async send(signal) {
    const response = await fetch(`${options.text('address')}/users/${pick(users)}/notifications`, {
      method: 'POST',
      body: JSON.stringify(something()),
      signal,
    })
    await response.arrayBuffer()
    return response.ok
  },
})
console.log(`${taken} taken, ${refused} refused in ${seconds.toFixed(1)} s`)
process.exitCode = refused === 0 ? 0 : 1

// A load for the application: npm run orders:load [-- --address http://127.0.0.1:8080 --seconds 10 --rate 200]
import { CommandLine, drive } from '@millrace/example-kit'
import { Shoppers } from './generator.ts'
import { send } from './order-client.ts'

const usage = `Usage: npm run orders:load [-- options]

  --address URL  of the application (default http://127.0.0.1:8080)
  --seconds N    how long, up to 3600 (default 10)
  --rate N       requests a second, up to 10000 (default 200)
  -h, --help     this text`

const options = new CommandLine(usage, { address: 'http://127.0.0.1:8080', seconds: '10', rate: '200' })
const address = options.text('address')
const shoppers = new Shoppers()
const { taken, refused, seconds } = await drive({
  seconds: options.number('seconds', 0.1, 3_600),
  rate: options.number('rate', 0.1, 10_000),
  send: async signal => (await send(address, shoppers, signal)) !== undefined,
})
console.log(`${taken} taken, ${refused} refused in ${seconds.toFixed(1)} s`)
process.exitCode = refused === 0 ? 0 : 1

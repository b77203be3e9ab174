// One Millrace broker as a process: takes its settings as JSON, says when it is ready, ends cleanly on SIGTERM.
import { Broker, createLineLogger } from '@millrace/broker'

interface Settings {
  readonly port: number
  readonly dataDir: string
  readonly config: Readonly<Record<string, string>>
}

const settings = JSON.parse(process.argv[2]!) as Settings
const broker = await Broker.start({ ...settings, logger: createLineLogger({ level: 'info' }) })
console.log(`ready ${broker.port}`)
process.once('SIGTERM', () => {
  broker.close().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

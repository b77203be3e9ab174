// Lists the topics of a cluster of Amazon MSK: `node examples/msk-iam/main.ts b-1.demo.kafka.eu-central-1.amazonaws.com:9098`, with
// AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN in the environment.
import { Admin } from '@millrace/client'
import { mskIam } from './msk-iam.ts'

function wanted(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set`)
  return value
}

const credentials = {
  accessKeyId: wanted('AWS_ACCESS_KEY_ID'),
  secretAccessKey: wanted('AWS_SECRET_ACCESS_KEY'),
  sessionToken: process.env['AWS_SESSION_TOKEN'],
}
const admin = new Admin({
  brokers: process.argv.slice(2),
  tls: true,
  sasl: mskIam({ region: wanted('AWS_REGION'), credentials: () => Promise.resolve(credentials) }),
})
for (const { name } of await admin.listTopics()) console.log(name)
admin.close()

// A service under measurement: no-op handlers of batches or records, with retries, retry topics, dead letters and metrics.
import { Service } from '@millrace/service'
import { group, handle, handleAll, reportAndEnd, run, values } from './run.ts'

const service = new Service({ name: group, brokers: run.brokers })
const options = { deadLetter: true, retry: { attempts: 3, topicDelaysMs: [1_000] } } as const
switch (run.variant) {
  case 'batch':
    service.handleBatch(values, items => handleAll(items), options)
    break
  case 'record':
    service.handle(values, value => handle(value), options)
    break
  default:
    service.handle(values, async value => handle(value), options)
}
await service.start()
await reportAndEnd()

// A thread that says when records are due: finer than the timers of an event loop, and never late because the loop is busy.
import { parentPort, workerData } from 'node:worker_threads'
import { now } from './clock.ts'

const { perSecond, count } = workerData as { readonly perSecond: number; readonly count: number }
const never = new Int32Array(new SharedArrayBuffer(4))
const start = now()
for (let index = 0; index < count; index++) {
  const due = start + (index * 1000) / perSecond
  const left = due - now()
  if (left > 0) Atomics.wait(never, 0, 0, left)
  parentPort!.postMessage(due)
}

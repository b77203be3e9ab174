// `npm run closing [-- --seconds N --seed N]`: the long form of the closing test: clients of every kind are closed while their broker vanishes, again and again.
import { parseArgs } from 'node:util'
import { SimRandom } from '../sim/index.ts'
import { closeBehindProxy, drawCourse } from './closing.ts'
import { lateEndings } from './closing-round.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
  },
})

console.log(`seed ${values.seed}`)
const random = new SimRandom(Number(values.seed))
const end = performance.now() + Number(values.seconds) * 1_000
let rounds = 0
let violations = 0
while (performance.now() < end) {
  const course = drawCourse(() => random.float())
  const what = `${course.way} after ${Math.round(course.workMs)} ms, ${course.aborts ? 'given up' : 'closed'} ${Math.round(course.lostMs)} ms later`
  const endings = await closeBehindProxy(course)
  const late = lateEndings(endings)
  const slowest = endings[0]!
  console.log(`${++rounds}: ${what}: ${slowest.name} took ${slowest.ms} ms of ${slowest.maxMs}`)
  for (const each of late) console.error(`  ${each}`)
  violations += late.length
}
console.log(`${rounds} rounds, ${violations} too late`)
process.exitCode = violations > 0 ? 1 : 0

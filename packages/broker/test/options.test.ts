// What is said of options for `Broker.start` that do not exist: callers without types would get a broker that forgets everything.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Broker } from '../src/index.ts'

const wrong: [given: object, message: RegExp][] = [
  [{ dir: '/data' }, /^Broker\.start: there is no option "dir"; did you mean "dataDir"\?$/],
  [{ dataDirectory: '/data' }, /no option "dataDirectory"; did you mean "dataDir"\?/],
  [{ prot: 9092 }, /no option "prot"; did you mean "port"\?/],
  [
    { 'log.dirs': '/data' },
    /no option "log\.dirs"; properties go into "config": \{ config: \{ 'log\.dirs': … \} \}/,
  ],
  [{ replicas: 3 }, /no option "replicas"; there are port, host, dataDir, /],
]

for (const [given, message] of wrong) {
  test(`${JSON.stringify(given)} is refused with what is meant`, async () => {
    await assert.rejects(Broker.start(given), { name: 'ConfigError', message })
  })
}

// The range of options: what the fields that they fill can hold.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInside } from './support/inside.ts'

test('an option takes what the field that it fills can hold, and no more', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['topic', 'list', '--timeout', '30d'], /argument '30d' is invalid.*At most 2147483647 ms/],
    [['topic', 'list', '--timeout', '2147483648'], /At most 2147483647 ms/],
    [['topic', 'list', '--timeout', '0s'], /A duration such as/],
    [['topic', 'create', 'x', '-p', '2147483648'], /from 1 to 2147483647/],
    [['topic', 'create', 'x', '-r', '32768'], /from 1 to 32767/],
    [['topic', 'alter', 'x', '-p', '9999999999'], /from 1 to 2147483647/],
    [['produce', 'x', '-p', '2147483648'], /from 0 to 2147483647/],
    [['produce', 'x', '-p', '-1'], /from 0 to 2147483647/],
    [['consume', 'x', '-p', '2147483648'], /from 0 to 2147483647/],
    [['consume', 'x', '-p', '1e3'], /from 0 to 2147483647/],
    [['perf', 'produce', 'x', '-s', '4GiB'], /A size from 0 to 2147483647 bytes/],
    [['perf', 'produce', 'x', '--batch-size', '2GiB'], /A size from 0 to 1073741824 bytes/],
    [['perf', 'produce', 'x', '--linger', '2147483648'], /from 0 to 2147483647/],
    [['up', '-t', 'a:2147483648'], /"a:2147483648" is not name:partitions/],
    [['group', 'reset', 'g', '--to', '1', '-t', 'a:2147483648'], /is not topic:0,1,2/],
  ]
  const outcomes = await Promise.all(cases.map(([args]) => runInside(args)))
  outcomes.forEach(({ code, stderr }, index) => {
    const [args, message] = cases[index]!
    assert.equal(code, 2, `${args.join(' ')}: ${stderr}`)
    assert.match(stderr, message, args.join(' '))
  })
})

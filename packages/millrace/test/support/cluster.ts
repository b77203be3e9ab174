// A broker in the test's own process, and commands that talk to it.
import assert from 'node:assert/strict'
import { Broker } from '@millrace/broker'
import { type CommandOptions, type Outcome, run, type Running, start } from './command.ts'
import { runInside } from './inside.ts'

export interface Cluster extends AsyncDisposable {
  readonly broker: Broker
  run(args: readonly string[], options?: CommandOptions): Promise<Outcome>
  start(args: readonly string[], options?: CommandOptions): Running
  /** Runs a command that talks to the cluster within this process. */
  inside(args: readonly string[], input?: string): Promise<Outcome>
  /** Runs a command that must succeed and returns its standard output. */
  out(args: readonly string[], input?: string | Buffer): Promise<string>
  /** Runs a command with `--json` that must succeed and returns what it printed. */
  json<T>(args: readonly string[]): Promise<T>
}

export async function startCluster(
  config: Readonly<Record<string, string | number | boolean>> = {},
): Promise<Cluster> {
  const broker = await Broker.start({
    port: 0,
    config: { 'log.fsync': 'never', 'group.initial.rebalance.delay.ms': 0, ...config },
  })
  const withBroker = (options: CommandOptions = {}): CommandOptions => ({
    ...options,
    environment: { MILLRACE_BROKERS: broker.address, ...options.environment },
  })
  const out = async (args: readonly string[], input: string | Buffer = '') => {
    const { code, stdout, stderr } = await run(args, withBroker({ input }))
    assert.equal(code, 0, `millrace ${args.join(' ')}\n${stdout}\n${stderr}`)
    return stdout
  }
  return {
    broker,
    run: (args, options) => run(args, withBroker(options)),
    inside: (args, input) => runInside([...args, '--brokers', broker.address], input),
    start: (args, options) => start(args, withBroker(options)),
    out,
    json: async <T>(args: readonly string[]) => JSON.parse(await out([...args, '--json'])) as T,
    [Symbol.asyncDispose]: () => broker.close(),
  }
}

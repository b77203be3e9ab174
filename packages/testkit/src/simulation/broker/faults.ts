// Lets the faults of a scenario strike, each on its own schedule.
import { sleep } from '@millrace/runtime'
import { failingSyncs, type SimRandom, type Survival, syncFailureCodes } from '../../sim/index.ts'
import type { Machine } from './machine.ts'
import type { Run } from './run.ts'

/** Strikes until `faultsUntilMs`; resolves when the last consequence of the last fault is over. */
export async function runFaults(run: Run, machine: Machine): Promise<void> {
  const { faults } = run.scenario
  const random = run.random('faults')
  const downMs = () => random.float() * 3000
  const survival = (): Survival => random.pick(['some', 'some', 'some', 'nothing', 'everything'])
  const powerLoss = run.scenario.fsync === 'group' && Number.isFinite(faults.powerLossMeanMs)
  const schedules: [string, number, () => Promise<void> | void][] = [
    ['kill', faults.killMeanMs, () => machine.restart('kill', 'everything', downMs())],
    ['power loss', faults.powerLossMeanMs, () => machine.restart('power loss', survival(), downMs())],
    [
      'crash in a write',
      faults.crashInWriteMeanMs,
      () =>
        machine.crashInWrite(
          random.between(0, 60),
          powerLoss && random.chance(0.6) ? 'power loss' : 'kill',
          survival(),
          downMs(),
        ),
    ],
    ['clean restart', faults.cleanRestartMeanMs, () => machine.restart('clean', 'everything', downMs())],
    [
      'connection reset',
      faults.connectionResetMeanMs,
      () => void run.world.network.resetConnections(random.float()),
    ],
    ['stall', faults.stallMeanMs, () => run.world.network.stall(random.exponential(4000))],
    ['full disk', faults.fullDiskMeanMs, () => fillDisk(run, machine, random)],
    ['slow disk', faults.slowDiskMeanMs, () => slowDisk(run, machine, random)],
  ]
  await Promise.all(schedules.map(([name, meanMs, strike]) => schedule(run, name, meanMs, strike)))
  await fatalDiskError(run, machine, random)
}

async function schedule(
  run: Run,
  name: string,
  meanMs: number,
  strike: () => Promise<void> | void,
): Promise<void> {
  if (!Number.isFinite(meanMs)) return
  const { clock } = run.director
  const random = run.random(`schedule of ${name}`)
  for (;;) {
    await sleep(clock, random.exponential(meanMs))
    if (clock.monotonic() >= run.scenario.faultsUntilMs) return
    run.note(`fault: ${name}`)
    run.count(name)
    await strike()
  }
}

async function fillDisk(run: Run, machine: Machine, random: SimRandom): Promise<void> {
  const { profile, volume } = machine.disk
  machine.hostile = true
  profile.capacityBytes = volume.usedBytes() + random.between(0, 20_000)
  await sleep(run.director.clock, random.float() * 5000)
  profile.capacityBytes = Number.POSITIVE_INFINITY
  machine.hostile = false
}

async function slowDisk(run: Run, machine: Machine, random: SimRandom): Promise<void> {
  const { profile } = machine.disk
  const { datasyncMeanMs, readMeanMs } = profile
  profile.datasyncMeanMs = 200
  profile.readMeanMs = 100
  await sleep(run.director.clock, random.float() * 3000)
  profile.datasyncMeanMs = datasyncMeanMs
  profile.readMeanMs = readMeanMs
}

/**
 * Last of all, now and then, syncing fails, with whatever code. What it should have written may be lost though readers still see it, so a broker that goes on as
 * if nothing had happened is found out by the loss of power that follows.
 */
async function fatalDiskError(run: Run, machine: Machine, random: SimRandom): Promise<void> {
  if (run.scenario.fsync === 'never' || !random.chance(0.2)) return
  const code = random.pick(syncFailureCodes)
  run.note(`fault: syncing fails with ${code}`)
  run.count(`syncs failed with ${code}`)
  machine.hostile = true
  const failure = random.chance(0.5)
    ? { afterLogs: random.between(0, 20) }
    : { chance: random.pick([0.1, 0.5]) }
  machine.disk.failing = failingSyncs(random, code, failure)
  await sleep(run.director.clock, 500 + random.float() * 2000)
  machine.disk.failing = undefined
  await machine.restart('power loss', 'some', 100)
  machine.hostile = false
}

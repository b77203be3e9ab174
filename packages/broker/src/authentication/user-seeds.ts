// Users that a start makes unless they exist: the records of their credentials.
import {
  scramCredential,
  scramIterationsMax,
  type ScramMechanism,
  scramMechanism,
  scramMechanisms,
  scramSaltedPassword,
} from '@millrace/protocol/security'
import type { Random } from '@millrace/runtime'
import { ConfigError } from '../config/definition.ts'
import type { MetadataRecord } from '../metadata/record.ts'
import type { ScramUsers } from '../metadata/scram-users.ts'
import type { UserSeed } from '../options.ts'

const saltBytes = 16

/** Throws ConfigError, which names the user and never the password. */
export async function scramUserRecords(
  users: ScramUsers,
  seeds: readonly UserSeed[],
  random: Random,
): Promise<MetadataRecord[]> {
  const records: MetadataRecord[] = []
  for (const seed of seeds) {
    for (const mechanism of mechanismsOf(seed)) {
      if (!users.get(seed.name)?.has(mechanism.id))
        records.push(await scramUserRecord(seed, mechanism, random))
    }
  }
  return records
}

function mechanismsOf({ name, password, mechanism, iterations }: UserSeed): readonly ScramMechanism[] {
  const fault = (what: string) => new ConfigError('users', `users: ${what}`)
  if (typeof name !== 'string' || name === '') throw fault('a user has no name')
  if (typeof password !== 'string' || password === '') throw fault(`user "${name}" has no password`)
  const chosen = mechanism === undefined ? scramMechanisms : [scramMechanism(mechanism)]
  return chosen.map(known => {
    if (!known)
      throw fault(
        `user "${name}": there is no mechanism ${mechanism}; there are ${scramMechanisms.map(each => each.name).join(', ')}`,
      )
    const { iterationsMin } = known
    const rounds = iterations ?? iterationsMin
    if (!Number.isInteger(rounds) || rounds < iterationsMin || rounds > scramIterationsMax)
      throw fault(
        `user "${name}": iterations must be a whole number from ${iterationsMin} to ${scramIterationsMax}`,
      )
    return known
  })
}

async function scramUserRecord(
  { name, password, iterations }: UserSeed,
  mechanism: ScramMechanism,
  random: Random,
): Promise<MetadataRecord> {
  const rounds = iterations ?? mechanism.iterationsMin
  const salt = random.bytes(saltBytes)
  const salted = await scramSaltedPassword(mechanism, password, salt, rounds)
  return {
    type: 'scramUser',
    name,
    mechanism: mechanism.id,
    ...scramCredential(mechanism, salted, salt, rounds),
  }
}

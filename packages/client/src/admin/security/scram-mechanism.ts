// Names of the mechanisms by which users log in with SCRAM.

export const scramMechanismNames = ['scram-sha-256', 'scram-sha-512'] as const

/** A mechanism as options name it. */
export type ScramMechanismName = (typeof scramMechanismNames)[number]

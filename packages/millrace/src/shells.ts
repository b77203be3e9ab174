// The shells whose command lines can be completed, and the hidden command that their scripts call.

export const shells = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof shells)[number]

/** Called with the words of the command line so far, the one under the cursor last. */
export const completeCommand = '__complete'

// How long the clients of a command may take to end.

/** For a consumer to commit and to leave its group. The group finds out by itself when nobody answers. */
export const consumerCloseMs = 3_000

/** For a producer, after Ctrl-C, to send what was read. */
export const producerCloseMs = 5_000

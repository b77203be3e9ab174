// What KafkaJS's own types leave open: code that was compiled against them reads fields of it without saying what they are.

// oxlint-disable-next-line typescript/no-explicit-any
export type Untyped = any

// The largest numbers that fields of Kafka's protocol hold; int32 is also as long as a timer of Node runs, in ms.

export const int16Max = 2 ** 15 - 1
export const int32Max = 2 ** 31 - 1

// No compression: bytes pass as they are.
import { asBuffer, type Codec, decompressedBytesMaxDefault, tooLarge } from './codec.ts'

function pass(input: Uint8Array, bytesMax: number): Buffer {
  if (input.length > bytesMax) throw tooLarge('none', bytesMax)
  return asBuffer(input)
}

export const none: Codec = {
  id: 0,
  name: 'none',
  compress: asBuffer,
  compressAsync: async input => asBuffer(input),
  decompress: (input, bytesMax = decompressedBytesMaxDefault) => pass(input, bytesMax),
  decompressAsync: async (input, bytesMax = decompressedBytesMaxDefault) => pass(input, bytesMax),
}

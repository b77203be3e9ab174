// The small formats of the layout as Kafka's own classes write them (conformance/java/LogOracle.java, `formats`), in hex by file name.

export const goldenFormats: ReadonlyMap<string, string> = new Map([
  [
    '00000000000000000100.index',
    '00000007' +
      '00001068' + // offset 107 at 4200
      '7fffffff' +
      '3b9aca00', // offset 100 + 2^31−1 at 1,000,000,000
  ],
  [
    '00000000000000000100.timeindex',
    '0000018bcfe56800' +
      '00000007' + // 1,700,000,000,000 at offset 107
      '0000018bcfe56801' +
      '0000076c', // one millisecond later at offset 2000
  ],
  [
    '00000000000000000100.txnindex',
    '0000' +
      '00000000ee6b2800' +
      '0000000000000065' +
      '0000000000000096' +
      '000000000000008c' + // producer 4,000,000,000: 101 … 150, LSO 140
      '0000' +
      '0000000000000005' +
      '000000000000008c' +
      '00000000000000a0' +
      '00000000000000a1', // producer 5: 140 … 160, LSO 161
  ],
  [
    '00000000000000001235.snapshot',
    '0001' +
      '3f8ad655' +
      '00000002' + // version, CRC, two producers
      // producer 7, epoch 3, last sequence 2^31−1 at offset 1234, ten records, no marker yet, no transaction
      '0000000000000007' +
      '0003' +
      '7fffffff' +
      '00000000000004d2' +
      '00000009' +
      '0000018bcfe56800' +
      'ffffffff' +
      'ffffffffffffffff' +
      // producer 8, epoch 0, no batch, marker of coordinator epoch 5, transaction open from 1200
      '0000000000000008' +
      '0000' +
      'ffffffff' +
      'ffffffffffffffff' +
      '00000000' +
      '0000018bcfe56802' +
      '00000005' +
      '00000000000004b0',
  ],
  ['leader-epoch-checkpoint', Buffer.from('0\n2\n0 0\n5 1200\n').toString('hex')],
  ['partition.metadata', Buffer.from('version: 0\ntopic_id: AAECAwQFBgcICQoLDA0ODw').toString('hex')],
  [
    'recovery-point-offset-checkpoint',
    Buffer.from('0\n1\norders.v1-eu 12 9007199254740991\n').toString('hex'),
  ],
  ['.kafka_cleanshutdown', Buffer.from('{"version":0,"brokerEpoch":-1}').toString('hex')],
])

// How this client names itself to brokers (KIP-511).
export const clientSoftware = { name: 'millrace', version: '0.1.0' } as const

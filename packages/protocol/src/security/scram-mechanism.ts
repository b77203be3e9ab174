// SCRAM (RFC 5802, RFC 7677): the mechanisms that Kafka has, and the keys that are made of a password. No password is stored or sent.
//
//   saltedPassword = PBKDF2(HMAC, password, salt, iterations)
//   clientKey = HMAC(saltedPassword, "Client Key")     storedKey = H(clientKey)       stored: storedKey, serverKey, salt, iterations
//   serverKey = HMAC(saltedPassword, "Server Key")
//   client proves:  clientKey XOR HMAC(storedKey, all messages)      server proves:  HMAC(serverKey, all messages)

export interface ScramMechanism {
  readonly name: 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
  /** `ScramMechanism.type` of Kafka, in requests and records. */
  readonly id: number
  /** As Node calls it. */
  readonly hash: 'sha256' | 'sha512'
  readonly hashBytes: number
  /** Fewer make a stolen credential cheap to break: servers refuse it. */
  readonly iterationsMin: number
}

/** More iterations than this are refused for a new credential (`ScramControlManager.MAX_ITERATIONS`): each login costs them. */
export const scramIterationsMax = 16_384

export const scramMechanisms: readonly ScramMechanism[] = [
  { name: 'SCRAM-SHA-256', id: 1, hash: 'sha256', hashBytes: 32, iterationsMin: 4096 },
  { name: 'SCRAM-SHA-512', id: 2, hash: 'sha512', hashBytes: 64, iterationsMin: 4096 },
]

export function scramMechanism(name: string): ScramMechanism | undefined {
  return scramMechanisms.find(mechanism => mechanism.name === name)
}

export function scramMechanismById(id: number): ScramMechanism | undefined {
  return scramMechanisms.find(mechanism => mechanism.id === id)
}

/** What a server keeps of a password. It lets nobody in, but who has it can try passwords, and can pose as the server. */
export interface ScramCredential {
  readonly salt: Buffer
  readonly storedKey: Buffer
  readonly serverKey: Buffer
  readonly iterations: number
}

/** The cryptography of Node, loaded at first use: a start without SASL does not pay for it. */
function crypto() {
  return process.getBuiltinModule('node:crypto')
}

/** Takes a millisecond or two in the thread pool for 4,096 iterations. */
export function scramSaltedPassword(
  { hash, hashBytes }: ScramMechanism,
  password: string,
  salt: Uint8Array,
  iterations: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Kafka takes passwords as they are: no SASLprep.
    crypto().pbkdf2(Buffer.from(password, 'utf8'), salt, iterations, hashBytes, hash, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

function hmac({ hash }: ScramMechanism, key: Uint8Array, data: string | Uint8Array): Buffer {
  return crypto().createHmac(hash, key).update(data).digest()
}

export function scramClientKey(mechanism: ScramMechanism, saltedPassword: Uint8Array): Buffer {
  return hmac(mechanism, saltedPassword, 'Client Key')
}

export function scramServerKey(mechanism: ScramMechanism, saltedPassword: Uint8Array): Buffer {
  return hmac(mechanism, saltedPassword, 'Server Key')
}

export function scramStoredKey({ hash }: ScramMechanism, clientKey: Uint8Array): Buffer {
  return crypto().createHash(hash).update(clientKey).digest()
}

/** The credential of a salted password, as AlterUserScramCredentials carries it. */
export function scramCredential(
  mechanism: ScramMechanism,
  saltedPassword: Uint8Array,
  salt: Buffer,
  iterations: number,
): ScramCredential {
  return {
    salt,
    iterations,
    storedKey: scramStoredKey(mechanism, scramClientKey(mechanism, saltedPassword)),
    serverKey: scramServerKey(mechanism, saltedPassword),
  }
}

/** What a client sends to prove that it has the password: useless to who reads it, without the stored key. */
export function scramProof(mechanism: ScramMechanism, clientKey: Uint8Array, authMessage: string): Buffer {
  return xor(clientKey, hmac(mechanism, scramStoredKey(mechanism, clientKey), authMessage))
}

/** Whether a proof was made with the password of the credential. Takes the same time whatever is wrong with it. */
export function isScramProof(
  mechanism: ScramMechanism,
  { storedKey }: ScramCredential,
  authMessage: string,
  proof: Uint8Array,
): boolean {
  if (proof.length !== mechanism.hashBytes) return false
  const clientKey = xor(proof, hmac(mechanism, storedKey, authMessage))
  return crypto().timingSafeEqual(scramStoredKey(mechanism, clientKey), storedKey)
}

/** What a server sends to prove that it has the credential. */
export function scramServerSignature(
  mechanism: ScramMechanism,
  serverKey: Uint8Array,
  authMessage: string,
): Buffer {
  return hmac(mechanism, serverKey, authMessage)
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  const result = Buffer.allocUnsafe(a.length)
  for (let at = 0; at < a.length; at++) result[at] = a[at]! ^ b[at]!
  return result
}

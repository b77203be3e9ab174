// What both sides need to know each other (`@millrace/protocol/security`): SASL messages and keys, JAAS, PEM, names of ciphers. No start pays for it.
export { opensslCipher } from './cipher-names.ts'
export { type JaasEntry, JaasError, parseJaas } from './jaas.ts'
export {
  encodeOAuthBearerMessage,
  type OAuthBearerMessage,
  oauthBearerErrorAnswer,
  oauthBearerExtensionFault,
  parseOAuthBearerMessage,
} from './oauth-bearer-message.ts'
export { certificatesOf, privateKeyOf } from './pem.ts'
export { encodePlainMessage, parsePlainMessage, type PlainMessage } from './plain-message.ts'
export { SaslMessageError } from './sasl-message-error.ts'
export {
  isScramProof,
  scramClientKey,
  type ScramCredential,
  scramCredential,
  scramIterationsMax,
  type ScramMechanism,
  scramMechanism,
  scramMechanismById,
  scramMechanisms,
  scramProof,
  scramSaltedPassword,
  scramServerKey,
  scramServerSignature,
  scramStoredKey,
} from './scram-mechanism.ts'
export {
  parseScramClientFinal,
  parseScramClientFirst,
  parseScramServerFinal,
  parseScramServerFirst,
  scramAuthMessage,
  type ScramClientFinal,
  type ScramClientFirst,
  scramClientFinalWithoutProof,
  scramClientFirstBare,
  type ScramServerFirst,
  scramServerFirst,
} from './scram-message.ts'

export { createHandleSealer, type HandleSealer } from './handle-sealer.ts';
export { generateSealKeyPair } from './raw-keys.ts';
export { openBox, sealBox } from './seal-box.ts';
export {
  createSigner,
  createVerifier,
  generateSigningKeyPair,
  publicKeyOf,
  type SignText,
  type VerifyText,
} from './signing.ts';
export { createVault, type SecretPlace, type Vault } from './vault.ts';

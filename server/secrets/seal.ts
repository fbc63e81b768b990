import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '#server/errors.ts';
import type { SealingKey } from './key-ring.ts';

const nonceBytes = 12;
const tagBytes = 16;

export type Sealed = { sealed: Uint8Array<ArrayBuffer>; keyId: string };

/** Seals a text by AES-256-GCM. It can be opened only as what it was sealed for (`purpose`), so rows cannot be swapped. */
export function seal(text: string, purpose: string, { id, key }: SealingKey): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { sealed: new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body])), keyId: id };
}

/** Opens what was sealed. Errors: UNAVAILABLE where the key is not here any more, or it was tampered with. */
export function unseal({ sealed, keyId }: Sealed, purpose: string, keys: readonly SealingKey[]): string {
  const key = keys.find(({ id }) => id === keyId)?.key;
  if (!key)
    throw new AppError('UNAVAILABLE', 'The key that seals this secret is not on this machine. Enter the secret again.');
  const bytes = Buffer.from(sealed);
  const nonce = bytes.subarray(0, nonceBytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new AppError('UNAVAILABLE', 'A stored secret was damaged or belongs elsewhere. Enter it again.', { cause });
  }
}

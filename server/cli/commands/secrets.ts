import { pool } from '#server/db/pool.ts';
import { env } from '#server/env.ts';
import { rotateSecrets } from '#server/secrets/rotate-secrets.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';
import { withProduct } from '../with-product.ts';

/** `secrets rotate`: seals stored keys of providers by a new key of this installation. */
export const secretsCommand: Command = {
  options: {},
  run: (invocation) => {
    if (invocation.words[0] !== 'rotate' || invocation.words.length > 1)
      throw new UsageError('secrets takes one word: rotate. Example: solograph secrets rotate');
    return withProduct(invocation, { worker: false }, async () => {
      const { sealed, keyId } = await rotateSecrets(pool(), env());
      const text = `${sealed} ${sealed === 1 ? 'secret is' : 'secrets are'} sealed by a new key (${keyId}); the old one is forgotten.`;
      return { json: { sealed, keyId }, text, exitCode: 0 };
    });
  },
};

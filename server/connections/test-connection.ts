import { found, type Scope } from '#server/db/scoped.ts';
import { env } from '#server/env.ts';
import { AppError } from '#server/errors.ts';
import type { Probe, Probed } from '#server/models/openai/probe.ts';
import { keyRing } from '#server/secrets/key-ring.ts';
import { unseal } from '#server/secrets/seal.ts';
import { purposeOf } from './purpose.ts';
import type { ConnectionFields } from './types.ts';

/** What is tried: a connection as it is stored (null: that of the environment), or as it is being entered. */
export type Tested = { id: string | null; fields?: ConnectionFields | undefined };

/**
 * Tries a connection and says what is wrong with it. Without a key entered the stored one is used, but only where it
 * leads to the same server. Nothing is charged. Errors: NOT_FOUND; UNAVAILABLE where the stored key cannot be opened.
 */
export async function testConnection(scope: Scope, { id, fields }: Tested): Promise<Probe> {
  const stored = id === null ? null : await storedOf(scope, id);
  const tried = fields ? enteredOf(fields, stored) : (stored ?? fromEnvironment());
  if (tried.kind === 'rehearsal') return { ok: true, ms: 0, models: ['rehearsal-1'] };
  const { probe } = await import('#server/models/openai/probe.ts');
  return await probe({ ...tried, baseUrl: tried.kind === 'openai' ? undefined : tried.baseUrl });
}

type Trying = Probed & { kind: string };

function enteredOf({ kind, baseUrl, model, key }: ConnectionFields, stored: Trying | null): Trying {
  const url = baseUrl ?? undefined;
  if (kind === 'compatible' && url === undefined)
    throw new AppError('INPUT_INVALID', 'baseUrl: a compatible server is reached by its URL. Enter it.');
  const same = stored !== null && stored.kind === kind && stored.baseUrl === url;
  const apiKey = key === undefined && same ? stored.apiKey : key || undefined;
  return { kind, baseUrl: url, model, apiKey };
}

async function storedOf(scope: Scope, id: string): Promise<Trying> {
  const row = found(await scope.db.modelConnection.findFirst({ where: { id } }), 'The connection');
  const { kind, baseUrl, model, keySealed, keyId } = row;
  const apiKey =
    keySealed === null || keyId === null
      ? undefined
      : unseal({ sealed: keySealed, keyId }, purposeOf(id), keyRing(env()));
  return { kind, baseUrl: baseUrl ?? undefined, model, apiKey };
}

function fromEnvironment(): Trying {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model } = env();
  const kind = baseUrl ? 'compatible' : apiKey ? 'openai' : 'rehearsal';
  return { kind, baseUrl, model, apiKey };
}

import type { Pool } from 'pg';
import { NodeError } from '#nodes/core/errors.ts';
import { purposeOf } from '#server/connections/purpose.ts';
import { type ConnectionKind, environmentName } from '#server/connections/types.ts';
import { toAppError } from '#server/errors.ts';
import type { SealingKey } from '#server/secrets/key-ring.ts';
import { unseal } from '#server/secrets/seal.ts';
import type { ModelProvider } from './provider.ts';
import { rehearsalProvider } from './rehearsal/rehearsal-provider.ts';

/** Who answers and by which model. */
export type Chosen = { provider: ModelProvider; model: string };

/** The ways to models that a project has. */
export type ModelSource = {
  /**
   * The provider and the model that a name means: `connection:model`, or a model of the default connection; empty: its
   * default model. Errors: NOT_CONFIGURED where its key cannot be read.
   */
  choose(projectId: string, name: string, what: 'text' | 'vectors'): Promise<Chosen>;
};

export type StoredConnection = {
  id: string;
  name: string;
  kind: ConnectionKind;
  baseUrl: string | null;
  model: string;
  embeddingModel: string;
  keySealed: Uint8Array<ArrayBuffer> | null;
  keyId: string | null;
  isDefault: boolean;
  updatedAt: string;
};

const keptMs = 2_000;
const providersKept = 100;

/** The connections of the database, beside the provider that the environment names. `keys` is asked when a key is opened. */
export function modelSource(db: Pool, environment: ModelProvider, keys: () => readonly SealingKey[]): ModelSource {
  const connections = remembered(keptMs, (projectId: string) => storedConnections(db, projectId));
  const providers = new Map<string, Promise<ModelProvider>>();
  const providerOf = (row: StoredConnection): Promise<ModelProvider> => {
    const version = `${row.id} ${row.updatedAt} ${row.keyId}`;
    const known = providers.get(version);
    if (known) return known;
    const opening = openConnection(row, keys);
    providers.set(version, opening);
    if (providers.size > providersKept) providers.delete(providers.keys().next().value as string);
    opening.catch(() => providers.delete(version));
    return opening;
  };
  return {
    async choose(projectId, name, what) {
      const rows = await connections(projectId);
      const { connection, model } = named(name, rows);
      if (connection === null)
        return {
          provider: environment,
          model: model || (what === 'text' ? environment.defaultModel : environment.defaultEmbedding),
        };
      const provider = await providerOf(connection);
      return { provider, model: model || (what === 'text' ? provider.defaultModel : provider.defaultEmbedding) };
    },
  };
}

/** A source that knows one provider. */
export function onlyProvider(provider: ModelProvider): ModelSource {
  return {
    choose: async (_projectId, name, what) => ({
      provider,
      model: name || (what === 'text' ? provider.defaultModel : provider.defaultEmbedding),
    }),
  };
}

/** Which connection a name means. Names of models may hold colons too, so only that of a connection counts as one. */
function named(
  name: string,
  rows: readonly StoredConnection[],
): { connection: StoredConnection | null; model: string } {
  const at = name.indexOf(':');
  const prefix = at < 0 ? '' : name.slice(0, at);
  if (prefix === environmentName) return { connection: null, model: name.slice(at + 1) };
  const own = rows.find((row) => row.name === prefix);
  if (own) return { connection: own, model: name.slice(at + 1) };
  return { connection: rows.find(({ isDefault }) => isDefault) ?? null, model: name };
}

/** Opens a stored connection. Errors: NOT_CONFIGURED where its key cannot be read. */
export async function openConnection(
  row: Omit<StoredConnection, 'updatedAt' | 'isDefault'>,
  keys: () => readonly SealingKey[],
): Promise<ModelProvider> {
  if (row.kind === 'rehearsal') return rehearsalProvider();
  const { openAiProvider } = await import('./openai/openai-provider.ts');
  return openAiProvider({
    apiKey: keyOf(row, keys),
    baseUrl: row.kind === 'openai' ? undefined : (row.baseUrl ?? undefined),
    defaultModel: row.model || usualModel,
    ...(row.embeddingModel === '' ? {} : { defaultEmbedding: row.embeddingModel }),
    connection: row.name,
  });
}

const usualModel = 'gpt-4.1-mini';

function keyOf(
  { id, name, keySealed, keyId }: Pick<StoredConnection, 'id' | 'name' | 'keySealed' | 'keyId'>,
  keys: () => readonly SealingKey[],
): string | undefined {
  if (keySealed === null || keyId === null) return undefined;
  try {
    return unseal({ sealed: keySealed, keyId }, purposeOf(id), keys());
  } catch (cause) {
    throw new NodeError('NOT_CONFIGURED', `Connection "${name}": ${toAppError(cause).message}`, {
      cause,
      happened: 'no',
    });
  }
}

async function storedConnections(db: Pool, projectId: string): Promise<StoredConnection[]> {
  const { rows } = await db.query<StoredConnection>(
    `select id, name, kind, base_url as "baseUrl", model, embedding_model as "embeddingModel", key_sealed as "keySealed",
            key_id as "keyId", is_default as "isDefault", updated_at::text as "updatedAt"
       from model_connection where project_id = $1 order by name`,
    [projectId],
  );
  return rows;
}

/** Keeps answers for a moment, so that each call of a model does not ask the database for what hardly changes. */
function remembered<V>(ms: number, load: (key: string) => Promise<V>): (key: string) => Promise<V> {
  const kept = new Map<string, { until: number; value: Promise<V> }>();
  return (key) => {
    const known = kept.get(key);
    const now = performance.now();
    if (known && known.until > now) return known.value;
    const value = load(key);
    kept.set(key, { until: now + ms, value });
    value.catch(() => kept.delete(key));
    return value;
  };
}

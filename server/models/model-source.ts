import type { Pool } from 'pg';
import type { TaskClass } from '#nodes/core/capabilities.ts';
import { NodeError } from '#nodes/core/errors.ts';
import { purposeOf } from '#server/connections/purpose.ts';
import { type ConnectionKind, environmentName } from '#server/connections/types.ts';
import { toAppError } from '#server/errors.ts';
import type { SealingKey } from '#server/secrets/key-ring.ts';
import { unseal } from '#server/secrets/seal.ts';
import type { ModelProvider } from './provider.ts';
import type { Quota } from './quota.ts';
import { rehearsalProvider } from './rehearsal/rehearsal-provider.ts';
import { type TaskClassSettings, taskClassSettings, usualClass } from './task-class.ts';

/** Who answers, by which model, and what the provider grants. */
export type Chosen = { provider: ModelProvider; model: string; quota: Quota };

/** The ways to models that a project has. */
export type ModelSource = {
  /**
   * The provider and the model that a name means: `connection:model`, or a model of the default connection; empty: its
   * default model. Errors: NOT_CONFIGURED where its key cannot be read.
   */
  choose(projectId: string, name: string, what: 'text' | 'vectors'): Promise<Chosen>;
  /** How work of a class is done in the project. */
  classOf(projectId: string, name: TaskClass): Promise<TaskClassSettings>;
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
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
  updatedAt: string;
};

const keptMs = 2_000;
const providersKept = 100;

/** The connections of the database, beside the provider that the environment names. `keys` is asked when a key is opened. */
export function modelSource(db: Pool, environment: ModelProvider, keys: () => readonly SealingKey[]): ModelSource {
  const connections = remembered(keptMs, (projectId: string) => storedConnections(db, projectId));
  const classes = remembered(keptMs, (projectId: string) => storedClasses(db, projectId));
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
      const { connection, model } = named(name, await connections(projectId));
      const provider = connection === null ? environment : await providerOf(connection);
      return chosen(provider, { name: model, what, connection });
    },
    async classOf(projectId, name) {
      return (await classes(projectId)).get(name) ?? usualClass;
    },
  };
}

/** A source that knows one provider. */
export function onlyProvider(provider: ModelProvider): ModelSource {
  return {
    choose: async (_projectId, name, what) => chosen(provider, { name, what, connection: null }),
    classOf: async () => usualClass,
  };
}

type Wanted = { name: string; what: 'text' | 'vectors'; connection: StoredConnection | null };

function chosen(provider: ModelProvider, { name, what, connection }: Wanted): Chosen {
  const model = name || (what === 'text' ? provider.defaultModel : provider.defaultEmbedding);
  const { requestsPerMinute = null, tokensPerMinute = null } = connection ?? {};
  const where = connection?.name ?? provider.name;
  const bucket = `${connection?.id ?? provider.name}:${model}`;
  return { provider, model, quota: { bucket, title: `${model} at ${where}`, requestsPerMinute, tokensPerMinute } };
}

async function storedClasses(db: Pool, projectId: string): Promise<Map<string, TaskClassSettings>> {
  const { rows } = await db.query<{ name: string; settings: unknown }>(
    'select name, settings from task_class where project_id = $1',
    [projectId],
  );
  return new Map(rows.map(({ name, settings }) => [name, taskClassSettings.parse(settings)]));
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
export async function openConnection(row: StoredConnection, keys: () => readonly SealingKey[]): Promise<ModelProvider> {
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
            key_id as "keyId", is_default as "isDefault", requests_per_minute as "requestsPerMinute", tokens_per_minute as "tokensPerMinute", updated_at::text as "updatedAt"
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

import type { Scope } from '#server/db/scoped.ts';
import { env } from '#server/env.ts';
import { connectionUses } from './connection-uses.ts';
import { lastOf } from './store.ts';
import { type ConnectionKind, type ConnectionRow, environmentName } from './types.ts';

/** The ways to models of a project, that of the environment first, with what names each. No key is among them. */
export async function listConnections(scope: Scope): Promise<ConnectionRow[]> {
  const rows = await scope.db.modelConnection.findMany({ orderBy: { name: 'asc' } });
  const uses = await connectionUses(
    scope,
    rows.map(({ name }) => name),
  );
  const own = rows.map((row): ConnectionRow => {
    const { id, name, baseUrl, model, embeddingModel, isDefault, requestsPerMinute, tokensPerMinute } = row;
    const rates = { requestsPerMinute, tokensPerMinute };
    const key = row.keySealed === null ? null : shown(row.keyLast);
    const kind = row.kind as ConnectionKind;
    return {
      id,
      name,
      kind,
      baseUrl,
      model,
      embeddingModel,
      key,
      isDefault,
      ...rates,
      usedBy: uses.get(name) ?? [],
      updatedAt: row.updatedAt.getTime(),
    };
  });
  return [environment(!own.some(({ isDefault }) => isDefault)), ...own];
}

function environment(isDefault: boolean): ConnectionRow {
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl = null, OPENAI_MODEL } = env();
  const kind = baseUrl !== null ? 'compatible' : key ? 'openai' : 'rehearsal';
  return {
    id: null,
    name: environmentName,
    kind,
    baseUrl,
    model: kind === 'rehearsal' ? '' : OPENAI_MODEL,
    embeddingModel: '',
    key: key ? shown(lastOf(key)) : null,
    isDefault,
    requestsPerMinute: null,
    tokensPerMinute: null,
    usedBy: [],
    updatedAt: null,
  };
}

const shown = (last: string): string => `…${last}`;

import { listConnections } from '#server/connections/list-connections.ts';
import type { Scope } from '#server/db/scoped.ts';
import { type EmbedderChoice, lexicalChoices } from './migrate-embedder.ts';

/** What memory can be searched by. `paid`: a model of a provider makes the vectors. */
export type EmbedderOption = { to: EmbedderChoice; title: string; paid: boolean };

/** The embedders that the operator can choose: the lexical ones, and the usual embedding model of each connection. */
export async function listEmbedderChoices(scope: Scope): Promise<EmbedderOption[]> {
  const connections = (await listConnections(scope)).filter(({ kind }) => kind !== 'rehearsal');
  return [
    ...lexicalChoices.map((to) => ({ to, title: to, paid: false })),
    ...connections.map(({ name, embeddingModel }) => ({
      to: `${name}:${embeddingModel}`,
      title: `${embeddingModel || 'its usual embedding model'} at ${name}`,
      paid: true,
    })),
  ];
}

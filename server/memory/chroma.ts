import { ChromaClient, ChromaNotFoundError, ChromaUniqueError, type Collection, type Where } from 'chromadb';
import { createCircuit, IndexUnavailable } from './circuit.ts';
import { embedderName } from './embedder.ts';
import { kindsOf, type SearchFilter } from './search-filter.ts';

export { IndexUnavailable } from './circuit.ts';

export type IndexEntry = {
  chunkId: string;
  itemId: string;
  entityId: string | null;
  kind: string;
  vector: number[];
};

/**
 * The vector index: can be dropped and rebuilt at any time, because Postgres holds the truth. A project has one for each
 * embedder, named by it; where none is named it is `lexical-hash-v1`.
 */
export type VectorIndex = {
  /** Ids of the nearest chunks, best first. Throws IndexUnavailable. */
  query(vector: number[], filter: SearchFilter, limit: number, embedder?: string): Promise<string[]>;
  /** Writes entries of one project, over those of the same chunk. Throws IndexUnavailable. */
  upsert(projectId: string, entries: IndexEntry[], embedder?: string): Promise<void>;
  /** Takes chunks out of a project's index. Throws IndexUnavailable. */
  remove(projectId: string, chunkIds: string[], embedder?: string): Promise<void>;
  /** How many chunks of a project the index holds. Throws IndexUnavailable. */
  count(projectId: string, embedder?: string): Promise<number>;
  /** Ids of all chunks that the index holds. Throws IndexUnavailable. */
  ids(projectId: string, embedder?: string): Promise<string[]>;
  /** Drops a project's index. Throws IndexUnavailable. */
  drop(projectId: string, embedder?: string): Promise<void>;
  /** Whether the index is in use at the moment, and why not. */
  state(): { ok: true } | { ok: false; reason: string };
};

const notSet = 'CHROMA_URL is not set.';
const queryMs = 1_500;
const writeMs = 15_000;
/** A step that remembers something waits no longer than this. */
const few = 50;
const fewMs = 3_000;
/** Entries in one request: bounds the time that a write holds the index. */
const batch = 250;
/** Equally near chunks come in the order of their ids; so that the same ones are cut off, more are asked for than wanted. */
const beyond = 1.25;
/** How widely the index looks before it answers: with less an index that was built anew answers otherwise now and then. */
const looksAt = 800;
const precision = 1e6;
const idsAtOnce = 5_000;

/** Name of a project's collection: one per project and embedder. */
export function collectionName(projectId: string, embedder = embedderName): string {
  return `sg_${projectId.replaceAll('-', '')}_${embedder.replaceAll('-', '_')}`;
}

/** Opens the index at a Chroma server. Connects at the first use; without a URL it is never available. */
export function openVectorIndex(chromaUrl: string | undefined): VectorIndex {
  const client = chromaUrl ? clientFor(new URL(chromaUrl)) : null;
  const circuit = createCircuit(client ? null : notSet);
  const collections = client ? rememberCollections(client) : null;

  /** Another process may have rebuilt, or just created, the collection: it is looked up once more. */
  function using<T>(name: string, limitMs: number, work: (c: Collection) => Promise<T>): Promise<T> {
    return circuit.run(limitMs, async () => {
      if (!collections) throw new IndexUnavailable(notSet);
      try {
        return await work(await collections.of(name));
      } catch (error) {
        if (!(error instanceof ChromaNotFoundError || error instanceof ChromaUniqueError)) throw error;
        collections.forget(name);
        return await work(await collections.of(name));
      }
    });
  }

  return {
    query: (vector, filter, limit, embedder) =>
      using(collectionName(filter.projectId, embedder), queryMs, async (found) => {
        const where = whereOf(filter);
        const { ids, distances } = await found.query({
          queryEmbeddings: [vector],
          nResults: Math.ceil(limit * beyond),
          // To be told of which items they are would take it as long as the search: Postgres knows.
          include: ['distances'],
          ...(where ? { where } : {}),
        });
        return (ids[0] ?? [])
          .map((chunkId, at) => ({
            chunkId,
            distance: Math.round((distances[0]?.[at] ?? 0) * precision),
          }))
          .sort((a, b) => a.distance - b.distance || (a.chunkId < b.chunkId ? -1 : 1))
          .slice(0, limit)
          .map(({ chunkId }) => chunkId);
      }),
    async upsert(projectId, entries, embedder) {
      const name = collectionName(projectId, embedder);
      for (let at = 0; at < entries.length; at += batch) {
        const part = entries.slice(at, at + batch);
        await using(name, part.length <= few ? fewMs : writeMs, (found) => found.upsert(records(part)));
      }
    },
    async remove(projectId, chunkIds, embedder) {
      const name = collectionName(projectId, embedder);
      for (let at = 0; at < chunkIds.length; at += batch)
        await using(name, fewMs, (found) => found.delete({ ids: chunkIds.slice(at, at + batch) }));
    },
    count: (projectId, embedder) => using(collectionName(projectId, embedder), queryMs, (found) => found.count()),
    async ids(projectId, embedder) {
      const all: string[] = [];
      for (;;) {
        const page = { limit: idsAtOnce, offset: all.length, include: [] };
        const { ids } = await using(collectionName(projectId, embedder), writeMs, (found) => found.get(page));
        all.push(...ids);
        if (ids.length < idsAtOnce) return all;
      }
    },
    drop: (projectId, embedder) =>
      circuit.run(writeMs, async () => {
        const name = collectionName(projectId, embedder);
        collections?.forget(name);
        await client?.deleteCollection({ name }).catch((error: unknown) => {
          if (!(error instanceof ChromaNotFoundError)) throw error;
        });
      }),
    state: circuit.state,
  };
}

type Collections = { of: (name: string) => Promise<Collection>; forget: (name: string) => void };

/** A collection is looked up once, and again after it was forgotten. */
function rememberCollections(client: ChromaClient): Collections {
  const known = new Map<string, Promise<Collection>>();
  return {
    of(name) {
      const configuration = { hnsw: { space: 'cosine' as const, ef_search: looksAt } };
      const found = known.get(name) ?? client.getOrCreateCollection({ name, embeddingFunction: null, configuration });
      known.set(name, found);
      found.catch(() => known.delete(name));
      return found;
    },
    forget: (name) => void known.delete(name),
  };
}

function clientFor(url: URL): ChromaClient {
  const ssl = url.protocol === 'https:';
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return new ChromaClient({
    host: url.hostname,
    port: Number(url.port) || (ssl ? 443 : 80),
    ssl,
    ...(url.username ? { headers: { authorization: `Basic ${Buffer.from(login).toString('base64')}` } } : {}),
  });
}

function whereOf(filter: SearchFilter): Where | null {
  const kinds = kindsOf(filter);
  const wanted: Where[] = [
    ...(filter.entityId ? [{ entityId: filter.entityId }] : []),
    ...(kinds ? [{ kind: { $in: kinds } }] : []),
  ];
  return wanted.length > 1 ? { $and: wanted } : (wanted[0] ?? null);
}

function records(entries: IndexEntry[]) {
  return {
    ids: entries.map(({ chunkId }) => chunkId),
    embeddings: entries.map(({ vector }) => vector),
    metadatas: entries.map(({ itemId, entityId, kind }) => ({ itemId, kind, ...(entityId ? { entityId } : {}) })),
  };
}

import { createHash } from 'node:crypto';
import type { Graph } from '#nodes/core/graph.ts';
import { query } from '#server/db/pool.ts';
import { processWide } from '#server/db/process-wide.ts';
import { found } from '#server/db/scoped.ts';
import { storable } from '#server/engine/storable.ts';

const kept = 200;

/** Answers the id of a graph among those that runs are pinned to; each content is stored once. */
export async function storeGraph(graph: Graph): Promise<string> {
  const known = processWide('stored-graphs', () => new Map<string, string>());
  const text = storable(graph);
  const hash = createHash('sha256').update(text).digest('hex');
  const id = known.get(hash);
  if (id !== undefined) return id;
  const rows = await query<{ id: string }>('select sg_graph_id($1::jsonb)::text as id', [text]);
  const stored = found(rows[0], 'The graph').id;
  known.set(hash, stored);
  if (known.size > kept) known.delete(known.keys().next().value as string);
  return stored;
}

import type { Graph } from '#nodes/core/graph.ts';
import { canonicalJson } from '#nodes/core/json.ts';
import { processWide } from '#server/db/process-wide.ts';
import { compileGraph } from './compile-graph.ts';

type Draft = { id: string; draft: unknown; draftRevision: number };
type Version = { graph: unknown; programHash: string };

const remembered = 500;

/**
 * Whether publishing the draft would change what runs: the documents differ and so do the programs. Moving a node or
 * writing a note does not count. Without a published version everything is new.
 */
export function draftDiffers(draft: Draft, version: Version | null): boolean {
  if (!version) return true;
  if (canonicalJson(draft.draft) === canonicalJson(version.graph)) return false;
  return programHashOf(draft) !== version.programHash;
}

/** Hash of the draft's program, null where it has errors. Remembered by revision: lists ask for it often. */
function programHashOf({ id, draft, draftRevision }: Draft): string | null {
  const known = processWide('draft-hashes', () => new Map<string, string | null>());
  const key = `${id}:${draftRevision}`;
  const hash = known.get(key);
  if (hash !== undefined) return hash;
  const computed = compileGraph(draft as Graph).program?.hash ?? null;
  known.set(key, computed);
  if (known.size > remembered) known.delete(known.keys().next().value as string);
  return computed;
}

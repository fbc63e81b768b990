import { type PipelineSignature, signatureOf } from '#nodes/core/compile/signature.ts';
import type { CallConfig, PipelineSignatures } from '#nodes/core/compile/subflows.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { type Program, readProgram } from '#nodes/core/program.ts';
import { definitions } from '#nodes/index.gen.ts';
import { query } from '#server/db/pool.ts';
import { processWide } from '#server/db/process-wide.ts';
import type { Scope } from '#server/db/scoped.ts';

/** A pipeline that others may call, with what each of its published versions takes and gives. */
export type CallablePipeline = {
  id: string;
  name: string;
  versions: { number: number; signature: PipelineSignature }[];
};

type Row = { id: string; name: string; number: number; hash: string };
type Call = { pipeline: string; version: number };
/** What a program says by itself: a called pipeline counts as calling none, its depth is added later. */
type Known = { signature: PipelineSignature; calls: Call[] };

const remembered = 2_000;

/** The published pipelines of a project, the oldest first: where two bear one name, a call by name means the older. */
export async function callablePipelines(scope: Scope): Promise<CallablePipeline[]> {
  const rows = await query<Row>(
    `select p.id, p.name, v.number, v.program_hash as hash
       from pipeline p join pipeline_version v on v.pipeline_id = p.id
      where p.project_id = $1 order by v.created_at, v.number`,
    [scope.projectId],
  );
  const known = await knownOf([...new Set(rows.map(({ hash }) => hash))]);
  const pipelines = new Map<string, CallablePipeline>();
  const made: PipelineSignatures = {};
  // A version calls only what was published before it, so each finds the depth of those that it calls.
  for (const { id, name, number, hash } of rows) {
    const found = known.get(hash);
    if (!found) continue;
    const signature = { ...found.signature, depth: depthOf(found, made) };
    const pipeline = pipelines.get(id) ?? { id, name, versions: [] };
    pipelines.set(id, pipeline);
    pipeline.versions.push({ number, signature });
    for (const key of [id, name]) {
      made[key] ??= {};
      made[key][String(number)] ??= signature;
    }
  }
  return [...pipelines.values()];
}

/** Callable pipelines as the compiler looks them up: by id and by name. */
export function signaturesIn(pipelines: readonly CallablePipeline[]): PipelineSignatures {
  const found: PipelineSignatures = {};
  for (const { id, name, versions } of pipelines) {
    const byNumber = Object.fromEntries(versions.map(({ number, signature }) => [String(number), signature]));
    found[id] = byNumber;
    if (!Object.hasOwn(found, name)) found[name] = byNumber;
  }
  return found;
}

/** What a graph's calls are checked against; undefined where it calls nothing. */
export async function signaturesFor(scope: Scope, document: unknown): Promise<PipelineSignatures | undefined> {
  return callsPipelines(document) ? signaturesIn(await callablePipelines(scope)) : undefined;
}

function callsPipelines(document: unknown): boolean {
  const nodes = (document as Partial<Graph> | null)?.nodes;
  return Array.isArray(nodes) && nodes.some((node) => definitions.get(node?.type)?.kind === 'call');
}

async function knownOf(hashes: string[]): Promise<Map<string, Known>> {
  const known = processWide('program-signatures', () => new Map<string, Known>());
  const missing = hashes.filter((hash) => !known.has(hash));
  if (missing.length > 0) {
    const rows = await query<{ hash: string; ir: Program }>('select hash, ir from program where hash = any($1)', [
      missing,
    ]);
    for (const { hash, ir } of rows) known.set(hash, readKnown(readProgram(ir)));
  }
  const asked = new Map(hashes.flatMap((hash) => (known.has(hash) ? [[hash, known.get(hash) as Known]] : [])));
  for (const hash of known.keys()) {
    if (known.size <= remembered) break;
    known.delete(hash);
  }
  return asked;
}

function readKnown(program: Program): Known {
  const calls = Object.values(program.states).flatMap(({ kind, config }): Call[] => {
    const { pipeline, version } = config as unknown as CallConfig;
    return kind === 'call' && version !== null ? [{ pipeline, version }] : [];
  });
  return { signature: signatureOf(program, { definitions }), calls };
}

function depthOf({ calls }: Known, made: PipelineSignatures): number {
  const below = calls.map(({ pipeline, version }) => 1 + (made[pipeline]?.[String(version)]?.depth ?? 0));
  return Math.max(0, ...below);
}

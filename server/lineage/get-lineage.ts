import { iterationPath } from '#nodes/core/program.ts';
import { type Query, readConsistently } from '#server/db/pool.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { resolveCitations } from './cites.ts';
import { grow } from './grow.ts';
import { addMore, type Growth, newGrowth } from './growth.ts';
import { loadFound, loadOutcomes, loadRuns } from './load.ts';
import type { Lineage, Place } from './types.ts';
import type { Want } from './wants.ts';

export type LineageAsked = Place & {
  /** What went in, or what came out. */
  of: 'input' | 'output';
  /** The part of it that is meant, as a JSON pointer; '' is all. */
  pointer: string;
  /** How far it is followed, in values that were read one from the other; absent: far enough for most. */
  depth?: number;
};

const usualDepth = 40;
const mostNodes = 400;
const wantsAtOnce = 200;

type Looking = { query: Query; projectId: string; growth: Growth };

/**
 * Where a value of a step comes from: the steps, prompts, models, documents, rules, people and values that led to it,
 * by reference, nearest first, within bounds; `more` stands where it goes on. Errors: NOT_FOUND.
 */
export async function getLineage(scope: Scope, asked: LineageAsked): Promise<Lineage> {
  return toLineage(scope, await followLineage(scope, asked));
}

/** Looks a lineage up, level by level. Errors: NOT_FOUND. */
export async function followLineage(
  scope: Scope,
  { of, pointer, depth = usualDepth, ...at }: LineageAsked,
): Promise<Growth> {
  return await readConsistently(async (query) => {
    const growth = newGrowth();
    const looking: Looking = { query, projectId: scope.projectId, growth };
    let wants: Want[] = [{ of, at, pointer, by: null }];
    await knowRuns(looking, wants);
    found(growth.runs.get(at.runId), `The run ${at.runId}`);
    for (let level = 0; wants.length > 0; level += 1) {
      const why = growth.nodes.size >= mostNodes ? 'size' : level > depth ? 'depth' : null;
      if (why) {
        leaveOut(growth, wants, why);
        break;
      }
      wants = await nextLevel(looking, wants);
    }
    found(growth.root, `A value of the step ${at.state}${at.path === '' ? '' : ` at ${at.path}`} of run ${at.runId}`);
    resolveCitations(growth);
    await lookAfter(looking);
    return growth;
  });
}

async function nextLevel(looking: Looking, level: Want[]): Promise<Want[]> {
  const { query, growth } = looking;
  await knowRuns(looking, level);
  const known = level.filter((want) => growth.runs.has(runOf(want)));
  const spread = known.flatMap((want) => ofOutputs(growth, want));
  const next: Want[] = [];
  for (let from = 0; from < spread.length; from += wantsAtOnce) {
    const wants = spread.slice(from, from + wantsAtOnce);
    const all = await loadFound(query, wants, growth.runs);
    for (const { step } of all) if (step) await knowOutcomes(looking, step.at);
    for (const want of wants) if (want.of === 'result') await knowCall(looking, want);
    await knowRuns(
      looking,
      [],
      all.flatMap(({ step }) => step?.childRunId ?? []),
    );
    wants.forEach((want, n) => {
      const one = all[n];
      if (!one) return;
      if (growth.nodes.size >= mostNodes) leaveOut(growth, [want], 'size');
      else next.push(...grow(growth, want, one));
    });
  }
  return next;
}

const runOf = (want: Want): string => (want.of === 'run-input' ? want.runId : want.at.runId);

/** What a called run gave is what its outputs gave. */
function ofOutputs(growth: Growth, want: Want): Want[] {
  if (want.of !== 'output' || want.at.state !== '') return [want];
  const states = Object.values(growth.runs.get(want.at.runId)?.program.states ?? {});
  return states.filter(({ kind }) => kind === 'output').map(({ id }) => ({ ...want, at: { ...want.at, state: id } }));
}

async function knowRuns({ query, projectId, growth: { runs } }: Looking, wants: Want[], others: string[] = []) {
  const ids = [...wants.map(runOf), ...others];
  const unknown = [...new Set(ids)].filter((id) => !runs.has(id));
  for (const run of await loadRuns(query, projectId, unknown)) runs.set(run.runId, run);
}

async function knowOutcomes({ query, growth: { outcomes } }: Looking, { runId, path }: Place) {
  const key = `${runId} ${path}`;
  if (!outcomes.has(key)) outcomes.set(key, await loadOutcomes(query, { runId, path }));
}

/** What a tool call of an agent did. */
async function knowCall(looking: Looking, { at, index }: Want & { of: 'result' }): Promise<void> {
  const state = looking.growth.runs.get(at.runId)?.program.states[at.state];
  if (state?.kind !== 'agent') return;
  await knowOutcomes(looking, { ...at, path: iterationPath(at.path, at.state, index) });
}

function leaveOut(growth: Growth, wants: Want[], why: 'size' | 'depth'): void {
  for (const { by, ...want } of wants)
    if (by) addMore(growth, by, { why, count: 1, from: want.of === 'run-input' ? null : want.at });
}

/** What memory and files hold now of what the lineage names. */
async function lookAfter({ query, projectId, growth }: Looking): Promise<void> {
  const nodes = [...growth.nodes.values()];
  const items = nodes.flatMap((node) => (node.kind === 'document' ? [node.itemId] : []));
  const files = nodes.flatMap((node) => (node.kind === 'file' && node.fileId ? [node.fileId] : []));
  if (items.length + files.length === 0) return;
  const rows = await query<{ id: string; sha256: string | null }>(
    `select id::text, null as sha256 from memory_item where project_id = $1 and id::text = any($2)
     union all select id::text, sha256 from stored_file where project_id = $1 and id::text = any($3)`,
    [projectId, items, files],
  );
  const known = new Map(rows.map((row) => [row.id, row.sha256]));
  for (const node of nodes) {
    if (node.kind === 'document') growth.nodes.set(node.id, { ...node, there: known.has(node.itemId) });
    if (node.kind === 'file' && node.fileId)
      growth.nodes.set(node.id, { ...node, sha256: known.get(node.fileId) ?? null });
  }
}

function toLineage(scope: Scope, growth: Growth): Lineage {
  const nodes = [...growth.nodes.values()];
  return {
    format: 'solograph/lineage',
    version: 1,
    projectId: scope.projectId,
    root: growth.root ?? '',
    nodes,
    edges: [...growth.edges.values()],
    runs: [...growth.runs.values()].map(({ runId, ref, pipelineName, valuesRemovedAt, forkedFrom }) => ({
      ...{ runId, ref, pipelineName, valuesRemovedAt, forkedFrom },
    })),
    cut: nodes.some(({ kind }) => kind === 'more'),
  };
}

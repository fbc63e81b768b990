import { defaultSettings, type Graph } from '#nodes/core/graph.ts';
import type { Scope } from '#server/db/scoped.ts';
import { recordAudit } from '#server/projects/record-audit.ts';
import { readGraph } from './compile-graph.ts';
import type { DraftWhy } from './draft-why.ts';

export type NewPipeline = {
  name: string;
  /** Absent: an empty graph. */
  graph?: unknown;
  template?: string;
  /** False: it does not run until the operator enables it. */
  enabled?: boolean;
  /** What the first row of the draft's history says. */
  why?: DraftWhy | undefined;
};

/** Makes a pipeline with a draft and no version. Errors: INPUT_INVALID where the document is not a graph. */
export async function createPipeline(scope: Scope, args: NewPipeline): Promise<{ id: string }> {
  const draft = args.graph === undefined ? emptyGraph(args.name) : readGraph(args.graph);
  const { id } = await scope.db.pipeline.create({
    data: {
      projectId: scope.projectId,
      name: args.name,
      draft,
      template: args.template ?? null,
      enabled: args.enabled ?? true,
      draftSaves: { create: { revision: 1, by: scope.actor, graph: draft, ...whyOf(args) } },
    },
    select: { id: true },
  });
  await recordAudit(scope, { action: 'pipeline.create', subject: id, details: { name: args.name } });
  return { id };
}

/** A document that comes from elsewhere keeps a row of its own: what is edited in it next does not take its place. */
function whyOf({ graph, why }: NewPipeline): DraftWhy {
  return why ?? (graph === undefined ? { origin: 'operator', summary: 'Create' } : { origin: 'import', summary: '' });
}

/** A failure asks before it fails the run: whoever draws it is there to answer. */
function emptyGraph(name: string): Graph {
  const settings: Graph['settings'] = { ...defaultSettings, onFailure: 'ask' };
  return { format: 'solograph/graph', version: 1, name, description: '', nodes: [], edges: [], notes: [], settings };
}

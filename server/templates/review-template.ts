import type { Graph } from '#nodes/core/graph.ts';
import type { Scope } from '#server/db/scoped.ts';
import { compileGraph } from '#server/pipelines/compile-graph.ts';
import { signaturesFor } from '#server/pipelines/signatures.ts';
import { modelConnection } from '#server/projects/model-connection.ts';
import { parseSettings } from '#server/projects/settings.ts';
import { requiresOf } from './requires.ts';
import { reviewLines } from './review-lines.ts';
import { spendsOf } from './spends.ts';
import { readTemplate } from './template-document.ts';
import type { TemplateReview } from './types.ts';

const nothing = { reads: [], writes: [], sends: [], requires: { nodeTypes: [], capabilities: [], connections: [] } };

/** Tells what a stranger's document would do, before it is let in. Nothing is kept and nothing runs. */
export async function reviewTemplate(scope: Scope, document: unknown): Promise<TemplateReview> {
  const read = readTemplate(document);
  const head = read.ok ? { title: read.title, description: read.description } : { title: '', description: '' };
  const { program, graph, diagnostics } = read.ok
    ? compileGraph(read.graph, await signaturesFor(scope, read.graph))
    : { program: null, graph: null, diagnostics: read.diagnostics };
  const known = graph ? await knownOf(scope, graph) : { ...nothing, spends: { estimateMicros: null, text: '' } };
  return { ok: program !== null, ...head, programHash: program?.hash ?? null, diagnostics, ...known };
}

async function knownOf(scope: Scope, graph: Graph) {
  const project = await scope.db.project.findUnique({ where: { id: scope.projectId }, select: { settings: true } });
  const { rehearsal } = modelConnection(parseSettings(project?.settings));
  return { ...reviewLines(graph), spends: spendsOf(graph, rehearsal), requires: requiresOf(graph) };
}

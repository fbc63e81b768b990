import fs from 'node:fs';
import { compile } from '#nodes/core/compile/compile.ts';
import type { Graph } from '#nodes/core/graph.ts';
import { definitions } from '#nodes/index.gen.ts';
import type { Scope } from '#server/db/scoped.ts';
import { AppError } from '#server/errors.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { installTemplate } from '#server/templates/install-template.ts';
import { listTemplates } from '#server/templates/list-templates.ts';
import { actor } from './actor.ts';
import { readGraph } from './read-graph.ts';
import { UsageError } from './usage.ts';

export type PipelineToRun = { pipelineId: string; source: 'draft' | 'published'; trigger: string };

/** The pipeline that `run` names: a graph file becomes a draft of that name; a template is installed at its first use. */
export async function pipelineToRun(scope: Scope, what: string): Promise<PipelineToRun> {
  if (fs.existsSync(what)) return await fromFile(scope, what);
  const templates = await listTemplates();
  if (!templates.some(({ name }) => name === what))
    throw new UsageError(
      `"${what}" is neither a file nor a template. Templates: ${templates.map(({ name }) => name).join(', ')}.`,
    );
  const known = await scope.db.pipeline.findFirst({
    where: { template: what, published: { not: null } },
    orderBy: { createdAt: 'asc' },
  });
  const pipelineId = known?.id ?? (await installTemplate({ projectId: scope.projectId, name: what, actor })).pipelineId;
  const { draft } = await scope.db.pipeline.findFirstOrThrow({ where: { id: pipelineId } });
  return { pipelineId, source: 'published', trigger: triggerOf(draft as unknown as Graph) };
}

async function fromFile(scope: Scope, file: string): Promise<PipelineToRun> {
  const { program, graph, diagnostics } = compile(readGraph(file), definitions);
  if (!program || !graph)
    throw new AppError('COMPILE_FAILED', `${file} has errors.`, {
      details: { diagnostics: JSON.parse(JSON.stringify(diagnostics)) },
    });
  const known = await scope.db.pipeline.findFirst({ where: { name: graph.name, template: null, published: null } });
  if (known)
    await scope.db.pipeline.update({
      where: { id: known.id },
      data: { draft: graph, draftRevision: { increment: 1 } },
    });
  const pipelineId = known?.id ?? (await createPipeline(scope, { name: graph.name, graph })).id;
  return { pipelineId, source: 'draft', trigger: triggerOf(graph) };
}

/** The trigger that a command starts: the one that is started by hand where there are several. */
function triggerOf({ nodes }: Graph): string {
  const triggers = nodes.filter(({ type, disabled }) => !disabled && definitions.get(type)?.kind === 'trigger');
  const trigger = triggers.find(({ type }) => type === 'trigger.manual') ?? triggers[0];
  if (!trigger) throw new UsageError('The graph has no trigger.');
  return trigger.id;
}

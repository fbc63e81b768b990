import { scopeOf } from '#server/db/scoped.ts';
import { compileOrFail } from '#server/pipelines/compile-graph.ts';
import { createPipeline } from '#server/pipelines/create-pipeline.ts';
import { publishPipeline } from '#server/pipelines/publish-pipeline.ts';
import { installSample } from './install-sample.ts';
import { readShipped, templatesFolder } from './shipped.ts';

export type TemplateInstall = {
  projectId: string;
  /** Name of the shipped template, e.g. "sales-follow-up". */
  name: string;
  /** Who installs it, for the audit log. */
  actor?: string;
  folder?: string;
};

/**
 * Makes a pipeline of a shipped template, published as version 1, and gives the project the template's sample
 * memories, once however often it is installed. Errors: NOT_FOUND, naming the templates that there are.
 */
export async function installTemplate(install: TemplateInstall): Promise<{ pipelineId: string }> {
  const { projectId, name, actor = 'command line', folder = templatesFolder() } = install;
  const template = await readShipped(name, folder);
  compileOrFail(template.graph);
  const scope = scopeOf(projectId, actor);
  await installSample(projectId, template);
  const { id } = await createPipeline(scope, {
    name: template.title,
    graph: template.graph,
    template: name,
    why: { origin: 'template', summary: `Install "${template.title}"` },
  });
  await publishPipeline(scope, { pipelineId: id, note: 'As shipped', revision: 1 });
  return { pipelineId: id };
}

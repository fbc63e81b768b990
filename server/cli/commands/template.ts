import fs from 'node:fs';
import { found, type Scope } from '#server/db/scoped.ts';
import { exportPipeline } from '#server/templates/export-pipeline.ts';
import { importTemplate } from '#server/templates/import-template.ts';
import { listTemplates } from '#server/templates/list-templates.ts';
import type { Answer, Command } from '../command.ts';
import { readJson } from '../read-graph.ts';
import { UsageError } from '../usage.ts';
import { withProduct } from '../with-product.ts';

/** `template list | export PIPELINE [FILE] | import FILE`. */
export const templateCommand: Command = {
  options: {},
  async run(invocation) {
    const [verb, subject, file] = invocation.words;
    if (verb === 'list') return await list();
    if (verb === 'export')
      return await withProduct(invocation, { worker: false }, ({ scope }) => exportTo(scope, subject, file));
    if (verb !== 'import') throw new UsageError('template knows "list", "export" and "import".');
    if (!subject) throw new UsageError('template import needs a file: solograph template import FILE');
    const document = readJson(subject);
    return await withProduct(invocation, { worker: false }, async ({ scope }) => {
      const { pipelineId } = await importTemplate(scope, document);
      return {
        json: { pipelineId },
        text: `Imported as pipeline ${pipelineId}. It is disabled until you have reviewed and enabled it in the app.`,
        exitCode: 0,
      };
    });
  },
};

async function list(): Promise<Answer> {
  const templates = await listTemplates();
  return {
    json: { templates },
    text: templates.map(({ name, title, description }) => `${name}\t${title}\n  ${description}`).join('\n'),
    exitCode: 0,
  };
}

async function exportTo(scope: Scope, pipeline: string | undefined, file: string | undefined): Promise<Answer> {
  if (!pipeline) throw new UsageError('template export needs a pipeline: solograph template export PIPELINE [FILE]');
  const byId = /^[0-9a-f-]{36}$/.test(pipeline)
    ? { id: pipeline }
    : { OR: [{ name: pipeline }, { template: pipeline }] };
  const { id } = found(
    await scope.db.pipeline.findFirst({ where: byId, select: { id: true } }),
    `Pipeline "${pipeline}"`,
  );
  const { document } = await exportPipeline(scope, { pipelineId: id });
  const text = `${JSON.stringify(document, null, 2)}\n`;
  if (file) fs.writeFileSync(file, text);
  return { json: document, text: file ? `Written to ${file}.` : text, exitCode: 0 };
}

import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileRef } from '#nodes/core/capabilities.ts';
import { found, type Scope } from '#server/db/scoped.ts';
import { storeFile } from '#server/files/store-file.ts';
import { readSample } from './sample.ts';
import { readShipped, templatesFolder } from './shipped.ts';

/**
 * The sample files of the template that a pipeline was made from, kept in the project, by field of the trigger's form.
 * Empty where there are none. Errors: NOT_FOUND.
 */
export async function sampleInput(
  scope: Scope,
  pipelineId: string,
  folder = templatesFolder(),
): Promise<Record<string, FileRef>> {
  const pipeline = await scope.db.pipeline.findFirst({ where: { id: pipelineId }, select: { template: true } });
  const { template } = found(pipeline, 'The pipeline');
  if (template === null) return {};
  const shipped = await readShipped(template, folder);
  const files = Object.entries((await readSample(shipped.folder))?.input ?? {});
  const stored = files.map(async ([field, name]) => {
    const content = new Uint8Array(await fs.readFile(path.join(shipped.folder, name)));
    return [field, await storeFile(scope, { name, mime: 'text/csv', content })] as const;
  });
  return Object.fromEntries(await Promise.all(stored));
}

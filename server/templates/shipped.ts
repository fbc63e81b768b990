import fs from 'node:fs/promises';
import path from 'node:path';
import type { Graph } from '#nodes/core/graph.ts';
import { env } from '#server/env.ts';
import { AppError } from '#server/errors.ts';
import { readGraph } from '#server/pipelines/compile-graph.ts';
import { readTemplate } from './template-document.ts';

/** A template that comes with the software, and the folder of its sample data. */
export type ShippedTemplate = { name: string; folder: string; title: string; description: string; graph: Graph };

const namePattern = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Where the shipped templates are: one folder each, with template.json and perhaps sample.json and CSV files. */
export function templatesFolder(): string {
  return path.join(env().SOLOGRAPH_ROOT, 'prisma', 'seed', 'templates');
}

/** Names of the shipped templates, sorted. */
export async function shippedNames(folder = templatesFolder()): Promise<string[]> {
  const entries = await fs.readdir(/* turbopackIgnore: true */ folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && namePattern.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** Reads a shipped template. Errors: NOT_FOUND, naming those that there are; INTERNAL where its file is broken. */
export async function readShipped(name: string, folder = templatesFolder()): Promise<ShippedTemplate> {
  const names = await shippedNames(folder);
  if (!names.includes(name))
    throw new AppError('NOT_FOUND', `There is no template "${name}". There are: ${names.join(', ') || 'none'}.`);
  const place = path.join(folder, name);
  const read = readTemplate(JSON.parse(await fs.readFile(path.join(place, 'template.json'), 'utf8')));
  if (!read.ok) throw new AppError('INTERNAL', undefined, { cause: `${place}: ${read.diagnostics[0]?.message}` });
  return { name, folder: place, title: read.title, description: read.description, graph: readGraph(read.graph) };
}

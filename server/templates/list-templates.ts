import { needsOf, requiresOf } from './requires.ts';
import { readShipped, shippedNames, templatesFolder } from './shipped.ts';
import type { TemplateRow } from './types.ts';

/** The templates that come with the software. */
export async function listTemplates(folder = templatesFolder()): Promise<TemplateRow[]> {
  const templates = await Promise.all((await shippedNames(folder)).map((name) => readShipped(name, folder)));
  return templates.map(({ name, title, description, graph }) => ({
    ...{ name, title, description },
    needs: needsOf(requiresOf(graph)),
    nodeTypes: [...new Set(graph.nodes.map(({ type }) => type))].sort(),
  }));
}

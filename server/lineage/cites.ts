import type { Growth } from './growth.ts';
import type { LineageNode } from './types.ts';

type DocumentNode = LineageNode & { kind: 'document' };

/**
 * Says what the numbers that models cite mean: passages of the nearest recall that the model's step read. Where several
 * are as near, those whose text the model was given under that number. Pure but for `growth`.
 */
export function resolveCitations(growth: Growth): void {
  const sources = sourcesOf(growth);
  for (const [id, { prompts, cited }] of growth.asked) {
    const model = growth.nodes.get(id);
    if (model?.kind !== 'model' || cited.length === 0) continue;
    const step = [...growth.edges.values()].find((edge) => edge.to === id)?.from ?? '';
    const recalls = nearestRecalls(growth, sources, step);
    const cites = cited.flatMap((number) => {
      const documents = namedBy(growth, recalls, { number, prompts });
      return documents.length === 0 ? [] : [{ number, documents: documents.map((document) => document.id) }];
    });
    growth.nodes.set(id, { ...model, cites });
    for (const document of cites.flatMap(({ documents }) => documents)) {
      const node = growth.nodes.get(document);
      if (node?.kind === 'document') growth.nodes.set(document, { ...node, cited: true });
    }
  }
}

/** The passages that numbers in the texts of a step may mean: those of the nearest recalls that it read. */
export function numberedSources(growth: Growth, step: string): DocumentNode[] {
  return nearestRecalls(growth, sourcesOf(growth), step).flatMap((recall) => documentsOf(growth, recall));
}

type Sources = ReadonlyMap<string, string[]>;

function sourcesOf(growth: Growth): Sources {
  const sources = new Map<string, string[]>();
  for (const { from, to, kind } of growth.edges.values()) {
    if (kind === 'decided') continue;
    sources.set(from, [...(sources.get(from) ?? []), to]);
  }
  return sources;
}

function nearestRecalls(growth: Growth, sources: Sources, step: string): string[] {
  const seen = new Set([step]);
  for (let level = [step]; level.length > 0; ) {
    const recalls = level.filter((id) => growth.nodes.get(id)?.kind === 'recall');
    if (recalls.length > 0) return recalls;
    level = level.flatMap((id) => sources.get(id) ?? []).filter((id) => !seen.has(id) && seen.add(id));
  }
  return [];
}

function documentsOf(growth: Growth, recall: string): DocumentNode[] {
  const given = growth.given.get(recall) ?? [];
  return given.flatMap((_, index) => {
    const node = growth.nodes.get(`${recall}:${index + 1}`);
    return node?.kind === 'document' ? [node] : [];
  });
}

type Cited = { number: number; prompts: string[] };

function namedBy(growth: Growth, recalls: string[], { number, prompts }: Cited): DocumentNode[] {
  const candidates = recalls.flatMap((recall) =>
    documentsOf(growth, recall)
      .filter((document) => document.number === number)
      .map((document) => ({ document, text: growth.given.get(recall)?.[number - 1] ?? '' })),
  );
  if (candidates.length < 2) return candidates.map(({ document }) => document);
  const shown = candidates.filter(
    ({ text }) => text !== '' && prompts.some((prompt) => prompt.includes(line(number, text))),
  );
  return (shown.length > 0 ? shown : candidates).map(({ document }) => document);
}

/** As the node that recalls writes it. */
const line = (number: number, text: string): string => `${number}. ${text.replace(/\s+/g, ' ').trim()}`;

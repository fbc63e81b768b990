import { standingOf } from '#app/_runs/step/standing.ts';
import type { Provenance } from '#nodes/core/capabilities.ts';
import type { TaskView } from '#server/inbox/types.ts';

type Of<Kind extends Provenance['kind']> = Extract<Provenance, { kind: Kind }>;

/** What led to a proposal, in the order in which the operator asks: why it waits, what was known, what made it. */
export type ProvenanceParts = {
  risks: Of<'risk'>[];
  rules: Of<'rule'>[];
  retrieved: Of<'retrieved'>[];
  prompts: (Of<'prompt'> & { title: string })[];
  models: Of<'model'>[];
  rest: { title: string; entries: Provenance[] }[];
};

/** Sorts the provenance of a task by what it answers. Rules that decided come before those that only ran. */
export function partsOf(provenance: TaskView['provenance']): ProvenanceParts {
  const parts: ProvenanceParts = { risks: [], rules: [], retrieved: [], prompts: [], models: [], rest: [] };
  for (const { title, entries } of provenance) {
    const rest: Provenance[] = [];
    for (const entry of standingOf(entries).standing) {
      if (entry.kind === 'risk') parts.risks.push(entry);
      else if (entry.kind === 'rule') parts.rules.push(entry);
      else if (entry.kind === 'retrieved') parts.retrieved.push(entry);
      else if (entry.kind === 'prompt') parts.prompts.push({ ...entry, title });
      else if (entry.kind === 'model') parts.models.push(entry);
      else rest.push(entry);
    }
    if (rest.length > 0) parts.rest.push({ title, entries: rest });
  }
  parts.rules.sort((a, b) => Number(b.deciding) - Number(a.deciding));
  return parts;
}

import type { Graph } from '#nodes/core/graph.ts';
import { definitions } from '#nodes/index.gen.ts';
import type { TemplateReview } from './types.ts';

/**
 * What running a graph would cost, as far as can be said of one that never ran: which nodes ask a model. The estimate
 * is zero where none does or the rehearsal answers, and unknown otherwise.
 */
export function spendsOf(graph: Graph, rehearsal: boolean): TemplateReview['spends'] {
  const asking = graph.nodes.flatMap((node) => {
    const declaration = definitions.get(node.type);
    return declaration?.spends === 'model' ? [node.title || declaration.title] : [];
  });
  if (asking.length === 0) return { estimateMicros: 0, text: 'Nothing: no node asks a language model.' };
  const who = `${asking.length === 1 ? 'One node asks' : `${asking.length} nodes ask`} a language model: ${asking.join(', ')}.`;
  return rehearsal
    ? { estimateMicros: 0, text: `${who} No model is set up, so the offline rehearsal answers, for free.` }
    : { estimateMicros: null, text: `${who} The cost is known after the first run.` };
}

import { definitions } from '#app/_canvas/definitions.ts';
import type { Binding, Graph, GraphNode } from '#nodes/core/graph.ts';

/** A node as the palette finds it. `words` is everything in it that can be searched: names, configuration, prompts. */
export type NodeFind = { id: string; title: string; typeTitle: string; words: string };

/** All nodes of a graph with what they can be found by. */
export function nodeFinds(graph: Graph): NodeFind[] {
  return graph.nodes.map((node) => {
    const declaration = definitions.get(node.type);
    const title = node.title || declaration?.title || node.type;
    return { id: node.id, title, typeTitle: declaration?.title ?? node.type, words: wordsOf(node) };
  });
}

function wordsOf({ id, type, config, inputs }: GraphNode): string {
  return [id, type, JSON.stringify(config), ...Object.values(inputs).map(textOf)].join(' ').slice(0, 4_000);
}

function textOf(binding: Binding): string {
  switch (binding.kind) {
    case 'value':
      return JSON.stringify(binding.value);
    case 'expr':
      return binding.expr;
    case 'template':
      return binding.template;
    default: {
      const never: never = binding;
      throw new Error(`Not a known binding: ${JSON.stringify(never)}`);
    }
  }
}

import type { Binding, Graph, GraphNode } from '#nodes/core/graph.ts';

/**
 * Gives a node another id, and every edge and every reference in a binding with it. Text inside quotes is left alone.
 * Nothing happens where `from` is missing or `to` is taken.
 */
export function renameNode(draft: Graph, from: string, to: string): void {
  const ids = new Set(draft.nodes.map((node) => node.id));
  if (!ids.has(from) || ids.has(to)) return;
  draft.nodes.forEach((node, index) => {
    const renamed = renameInNode(node, from, to);
    if (renamed !== node) draft.nodes[index] = renamed;
  });
  draft.edges.forEach((edge, index) => {
    if (edge.from === from || edge.to === from)
      draft.edges[index] = {
        ...edge,
        from: edge.from === from ? to : edge.from,
        to: edge.to === from ? to : edge.to,
      };
  });
  if (!draft.settings?.thresholds.some(({ nodes }) => nodes.includes(from))) return;
  const thresholds = draft.settings.thresholds.map((threshold) => ({
    ...threshold,
    nodes: threshold.nodes.map((id) => (id === from ? to : id)),
  }));
  draft.settings = { ...draft.settings, thresholds };
}

/** The node with its references to `from` (and its own id) changed; the same object where there are none. */
export function renameInNode(node: GraphNode, from: string, to: string): GraphNode {
  let changed = node.id === from;
  const inputs = Object.fromEntries(
    Object.entries(node.inputs).map(([name, binding]) => {
      const renamed = renameInBinding(binding, from, to);
      changed ||= renamed !== binding;
      return [name, renamed];
    }),
  );
  return changed ? { ...node, id: node.id === from ? to : node.id, inputs } : node;
}

function renameInBinding(binding: Binding, from: string, to: string): Binding {
  switch (binding.kind) {
    case 'value':
      return binding;
    case 'expr': {
      const expr = renameInExpression(binding.expr, from, to);
      return expr === binding.expr ? binding : { ...binding, expr };
    }
    case 'template': {
      const template = binding.template.replace(/\{\{([\s\S]*?)\}\}/g, (_hole, expr: string) => {
        return `{{${renameInExpression(expr, from, to)}}}`;
      });
      return template === binding.template ? binding : { ...binding, template };
    }
    default: {
      const never: never = binding;
      throw new Error(`Not a known binding: ${JSON.stringify(never)}`);
    }
  }
}

/** Strings first, so that what looks like a reference inside one is skipped; `nodes["x"]` is a reference all the same. */
const piece =
  /\bnodes\s*(?:\.\s*\??\s*([A-Za-z_]\w*)|\[\s*\??\s*(["'])([A-Za-z_]\w*)\2\s*\])|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;

function renameInExpression(expr: string, from: string, to: string): string {
  return expr.replace(piece, (match, member?: string, _quote?: string, key?: string) => {
    if (member === from) return `${match.slice(0, -from.length)}${to}`;
    if (key === from) return match.replace(new RegExp(`(["'])${from}\\1`), `$1${to}$1`);
    return match;
  });
}

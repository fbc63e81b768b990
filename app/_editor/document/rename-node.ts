import type { Binding, Graph, GraphNode } from '#nodes/core/graph.ts';

/** New ids by old ids. */
export type Renames = ReadonlyMap<string, string>;

/**
 * Gives a node another id, and with it every edge, every reference in a binding, every threshold and its group. Text
 * inside quotes is left alone; so are the expressions of a configuration, which see the node's own inputs only, where
 * `nodes` would be an input. Where `from` is missing or `to` is taken nothing happens.
 */
export function renameNode(draft: Graph, from: string, to: string, title?: string): void {
  const ids = new Set(draft.nodes.map((node) => node.id));
  if (!ids.has(from) || (ids.has(to) && to !== from)) return;
  const renames = new Map([[from, to]]);
  const named = (id: string) => (id === from ? to : id);
  draft.nodes.forEach((node, index) => {
    const renamed = titled(renameInNode(node, renames), node.id === from ? title : undefined);
    if (renamed !== node) draft.nodes[index] = renamed;
  });
  if (from === to) return;
  draft.edges.forEach((edge, index) => {
    if (edge.from === from || edge.to === from)
      draft.edges[index] = { ...edge, from: named(edge.from), to: named(edge.to) };
  });
  if (draft.groups?.some(({ nodes }) => nodes.includes(from)))
    draft.groups = draft.groups.map((group) =>
      group.nodes.includes(from) ? { ...group, nodes: group.nodes.map(named) } : group,
    );
  if (!draft.settings?.thresholds.some(({ nodes }) => nodes.includes(from))) return;
  const thresholds = draft.settings.thresholds.map((threshold) => ({
    ...threshold,
    nodes: threshold.nodes.map(named),
  }));
  draft.settings = { ...draft.settings, thresholds };
}

/** The node with all its references (and its own id) changed; the same object where there are none. */
export function renameInNode(node: GraphNode, renames: Renames): GraphNode {
  const id = renames.get(node.id) ?? node.id;
  let changed = id !== node.id;
  const inputs = Object.fromEntries(
    Object.entries(node.inputs).map(([name, binding]) => {
      const renamed = renameInBinding(binding, renames);
      changed ||= renamed !== binding;
      return [name, renamed];
    }),
  );
  return changed ? { ...node, id, inputs } : node;
}

function titled(node: GraphNode, title: string | undefined): GraphNode {
  if (title === undefined || title === (node.title ?? '')) return node;
  const { title: _before, ...rest } = node;
  return title === '' ? rest : { ...rest, title };
}

function renameInBinding(binding: Binding, renames: Renames): Binding {
  switch (binding.kind) {
    case 'value':
      return binding;
    case 'expr': {
      const expr = renameInExpression(binding.expr, renames);
      return expr === binding.expr ? binding : { ...binding, expr };
    }
    case 'template': {
      const template = binding.template.replace(/\{\{([\s\S]*?)\}\}/g, (_hole, expr: string) => {
        return `{{${renameInExpression(expr, renames)}}}`;
      });
      return template === binding.template ? binding : { ...binding, template };
    }
    case 'prompt': {
      const values = Object.fromEntries(
        Object.entries(binding.values).map(([name, expr]) => [name, renameInExpression(expr, renames)]),
      );
      const changed = Object.entries(values).some(([name, expr]) => expr !== binding.values[name]);
      return changed ? { ...binding, values } : binding;
    }
    default: {
      const never: never = binding;
      throw new Error(`Not a known binding: ${JSON.stringify(never)}`);
    }
  }
}

/**
 * Strings first, so that what looks like a reference inside one is skipped; `nodes["x"]` is a reference all the same,
 * `run.input.nodes.x` is none.
 */
const piece =
  /(?<!\.\s*\??\s*)\bnodes\s*(?:\.\s*\??\s*([A-Za-z_]\w*)|\[\s*\??\s*(["'])([A-Za-z_]\w*)\2\s*\])|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g;

function renameInExpression(expr: string, renames: Renames): string {
  if (!expr.includes('nodes')) return expr;
  return expr.replace(piece, (match, member?: string, _quote?: string, key?: string) => {
    const to = renames.get(member ?? key ?? '');
    if (to === undefined) return match;
    if (member !== undefined) return `${match.slice(0, -member.length)}${to}`;
    return match.replace(new RegExp(`(["'])${key}\\1`), `$1${to}$1`);
  });
}

import type { Lineage, LineageEdge, LineageNode } from './types.ts';

const ways: Partial<Record<LineageEdge['kind'], string>> = {
  decided: 'let run by ',
  did: 'did ',
  took: 'taken over from ',
};

/** A lineage as indented lines; what led to several things is told once. */
export function lineageText({ root, nodes, edges }: Lineage): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const told = new Set<string>();
  const lines: string[] = [];
  const tell = (id: string, depth: number, how: string) => {
    const node = byId.get(id);
    if (!node) return;
    lines.push(`${'  '.repeat(depth)}${how}${textOf(node)}${told.has(id) ? ' (see above)' : ''}`);
    if (told.has(id)) return;
    told.add(id);
    for (const { from, to, kind, input } of edges)
      if (from === id) tell(to, depth + 1, ways[kind] ?? (input ? `${input}: ` : ''));
  };
  tell(root, 0, '');
  return lines.join('\n');
}

function textOf(node: LineageNode): string {
  switch (node.kind) {
    case 'value': {
      const shown =
        node.removedAt === null ? (node.preview ?? 'nothing').replace(/\s+/g, ' ').slice(0, 80) : gone(node);
      return `${node.id}: ${shown}`;
    }
    case 'step':
      return `step ${node.title} (${node.type}), ${node.outcome ?? 'no outcome'}`;
    case 'prompt':
      return `prompt ${node.of.map(({ title }) => `"${title}" `).join('')}${node.sha256}${node.removedAt === null ? '' : `, ${gone(node)}`}`;
    case 'model':
      return `model ${node.provider}/${node.model}${node.cites.map(({ number }) => ` [${number}]`).join('')}`;
    case 'recall':
      return `recall "${node.query}"`;
    case 'document':
      return `[${node.number}] ${node.source || node.itemKind} ${node.itemId}${node.cited ? ', cited' : ''}`;
    case 'rule':
      return `rule ${node.name}${node.deciding ? ', decided' : ''}`;
    case 'person':
      return `${node.by}: ${node.decision}${node.reason ? `, ${node.reason}` : ''}`;
    case 'pinned':
      return `pinned${node.by === null ? '' : ` by ${node.by}`}`;
    case 'held':
      return `at hand as ${node.name}${node.by === null ? '' : `, put there by ${node.by}`}`;
    case 'run':
      return `run R-${node.ref} of ${node.pipelineName}, started by ${node.trigger}`;
    case 'more':
      return `${node.count} more (${node.why})`;
    default:
      return node.kind;
  }
}

function gone({ sha256, removedAt }: { sha256: string | null; removedAt: number | null }): string {
  return `removed by retention on ${new Date(removedAt ?? 0).toISOString()}, SHA-256 ${sha256}`;
}

import { type Graph, type GraphInput, graphSchema } from '#nodes/core/graph.ts';

type Node = GraphInput['nodes'][number];
type Edge = GraphInput['edges'][number];

const columnStep = 244;
const rowStep = 152;

/**
 * A pipeline of so many nodes, as a large one looks: choices that lead to a model or to rules and come together again,
 * line by line about as wide as the canvas is. It compiles without an error.
 */
export function largePipeline(size: number): Graph {
  const nodes: Node[] = [{ id: 'start', type: 'trigger.manual', version: 1, config: { fields } }];
  const edges: Edge[] = [];
  let last = { from: 'start', outcome: 'fired' };
  for (let n = 0; nodes.length < size; n += 1) {
    const block = choice(n).slice(0, size - nodes.length);
    const there = new Set(block.map(({ id }) => id));
    const wires: [from: string, outcome: string, to: string][] = [
      [last.from, last.outcome, `b${n}`],
      [`b${n}`, 'true', `m${n}`],
      [`b${n}`, 'false', `p${n}`],
      [`m${n}`, 'ok', `j${n}`],
      [`p${n}`, 'pass', `j${n}`],
    ];
    for (const [from, outcome, to] of wires) if (there.has(to)) edges.push({ id: `${from}-${to}`, from, outcome, to });
    nodes.push(...block);
    last = { from: `j${n}`, outcome: 'done' };
  }
  const columns = Math.ceil(Math.sqrt((size * 952 * rowStep) / (676 * columnStep)));
  const placed = nodes.map((node, i) => ({
    ...node,
    position: { x: (i % columns) * columnStep, y: Math.floor(i / columns) * rowStep },
  }));
  const settings = { onFailure: 'ask' as const };
  return graphSchema.parse({
    format: 'solograph/graph',
    version: 1,
    name: `${size} nodes`,
    nodes: placed,
    edges,
    settings,
  });
}

const fields = [
  { name: 'topic', type: 'text' },
  { name: 'count', type: 'integer' },
];

function choice(n: number): Node[] {
  return [
    {
      id: `b${n}`,
      type: 'flow.branch',
      version: 1,
      title: `Is ${n} enough?`,
      inputs: { condition: { kind: 'expr', expr: `run.input.count > ${n}` } },
    },
    {
      id: `m${n}`,
      type: 'llm.generate',
      version: 1,
      title: `Write part ${n}`,
      config: { system: 'You write short, warm e-mails.' },
      inputs: { prompt: { kind: 'template', template: `Part ${n} about {{ run.input.topic }}` } },
    },
    { id: `p${n}`, type: 'policy.check', version: 1, title: `Rules of part ${n}` },
    { id: `j${n}`, type: 'flow.join', version: 1 },
  ];
}

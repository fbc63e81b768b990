import type { Binding, GraphInput } from '#nodes/core/graph.ts';

type Node = GraphInput['nodes'][number];
export type Drawn = Omit<Node, 'id' | 'version'>;

export const expr = (text: string): Binding => ({ kind: 'expr', expr: text });
const template = (text: string): Binding => ({ kind: 'template', template: text });

/** A graph from nodes by id, and edges written as `from.outcome > to`. It starts with `start`. */
export function draw(name: string, nodes: Record<string, Drawn>, edges: string[]): GraphInput {
  return {
    format: 'solograph/graph',
    version: 1,
    name,
    nodes: [
      { id: 'start', type: 'trigger.manual', version: 1 },
      ...Object.entries(nodes).map(([id, node]) => ({ id, version: 1, ...node })),
    ],
    edges: edges.map((text) => {
      const [from = '', outcome = '', to = ''] = text.split(/\.| > /);
      return { id: text.replaceAll(' ', ''), from, outcome, to };
    }),
  };
}

/** Edges of a chain: each node leaves by its usual outcome. */
export function inLine(...steps: [id: string, outcome: string][]): string[] {
  return steps.slice(1).map(([id], n) => `${steps[n]?.[0]}.${steps[n]?.[1]} > ${id}`);
}

export const nothing: Drawn = { type: 'flow.join' };

const patient = { attempts: 12, initialMs: 50, factor: 1.5, maxMs: 800, jitter: 0.5 };
const passing = ['HTTP_STATUS', 'HTTP_UNAVAILABLE', 'HTTP_TIMEOUT', 'TIMEOUT', 'INTERNAL'];

/** A request to the outside. The address is of one step of one run, so that each has one key. */
export function request(host: string, method: 'GET' | 'POST' | 'PUT', at: string, more: Partial<Drawn> = {}): Drawn {
  const body: Record<string, Binding> = method === 'GET' ? {} : { body: { kind: 'value', value: { n: 1 } } };
  return {
    type: 'http.request',
    config: { method, timeoutMs: 10_000 },
    inputs: { url: template(`http://${host}/${at}`), ...body },
    retry: { ...patient, codes: passing },
    ...more,
  };
}

export const output = (...fields: [name: string, expr: string][]): Drawn => ({
  type: 'output',
  config: { fields: fields.map(([name]) => ({ name, type: 'any' })) },
  inputs: Object.fromEntries(fields.map(([name, text]) => [name, expr(text)])),
});

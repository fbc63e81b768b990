import { expect, it } from 'vitest';
import { definitions } from '#app/_canvas/definitions.ts';
import { graphSchema } from '#nodes/core/graph.ts';
import { estimatesOf } from './estimates.ts';

const graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'x',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1 },
    { id: 'each', type: 'flow.map', version: 1 },
    { id: 'draft', type: 'llm.generate', version: 1 },
    { id: 'fresh', type: 'llm.generate', version: 1 },
    { id: 'other', type: 'flow.call', version: 1 },
    { id: 'off', type: 'output', version: 1, disabled: true },
    { id: 'end', type: 'output', version: 1 },
  ],
  edges: [
    { id: 'a', from: 'start', outcome: 'fired', to: 'each' },
    { id: 'b', from: 'each', outcome: 'each', to: 'draft' },
    { id: 'c', from: 'each', outcome: 'done', to: 'fresh' },
  ],
});

it('is what the last steps cost and took, in a body once per item; the slowest stand out', () => {
  const history = { samples: 9, p50Micros: 100, p90Micros: 200, p90Ms: 900 };
  const estimates = estimatesOf(graph, definitions, {
    runs: null,
    expected: null,
    models: {},
    nodes: { draft: { ...history, p50Ms: 800 }, start: { ...history, p50Ms: 5 }, gone: { ...history, p50Ms: 1 } },
  });
  expect(estimates.get('draft')).toEqual({
    cost: { p50: 100, p90: 200 },
    time: { p50: 800, p90: 900 },
    samples: 9,
    each: true,
    slowest: true,
  });
  expect(estimates.get('start')).toMatchObject({ each: false, slowest: false });
  expect([...estimates.keys()]).toEqual(['start', 'each', 'draft', 'fresh', 'other', 'end']);
});

it('is nothing for what calls no model, and not known for a model that never ran here', () => {
  const estimates = estimatesOf(graph, definitions, { runs: null, models: {}, expected: null, nodes: {} });
  expect(estimates.get('end')).toMatchObject({ cost: { p50: 0, p90: 0 }, time: null, samples: 0 });
  expect(estimates.get('fresh')?.cost).toBeNull();
  expect(estimates.get('other')?.cost).toBeNull();
});

it('of a model that never ran here follows from its prompt, and of one without a price is unpriced', () => {
  const model = { provider: 'openai', basis: 'template' as const, each: false, samples: 0, run: null };
  const estimates = estimatesOf(graph, definitions, {
    runs: null,
    nodes: { draft: { samples: 9, p50Micros: 0, p90Micros: 0, p50Ms: 1, p90Ms: 2 } },
    expected: null,
    models: {
      fresh: { ...model, model: 'gpt-4.1', unpriced: false, once: { p50Micros: 5, p90Micros: 9 } },
      draft: { ...model, model: 'llama3.2', unpriced: true, once: null },
    },
  });
  expect(estimates.get('fresh')).toMatchObject({ cost: { p50: 5, p90: 9 }, samples: 0 });
  expect(estimates.get('draft')).toMatchObject({ cost: null, unpriced: 'llama3.2', samples: 9 });
});

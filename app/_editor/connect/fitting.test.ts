import { describe, expect, it } from 'vitest';
import { definitions } from '#app/_canvas/definitions.ts';
import { type Graph, type GraphInput, graphSchema } from '#nodes/core/graph.ts';
import { fittingTypes } from './fitting.ts';

const graph = (nodes: GraphInput['nodes'], edges: GraphInput['edges'] = []): Graph =>
  graphSchema.parse({ format: 'solograph/graph', version: 1, name: 'Fitting', nodes, edges });

const start = (...fields: { name: string; type: string }[]) => ({
  id: 'start',
  type: 'trigger.manual',
  version: 1,
  config: { fields },
});
const fired = { kind: 'after', wire: { from: 'start', outcome: 'ok' } } as const;

describe('what fits behind a wire', () => {
  const outcome = Object.keys(definitions.get('trigger.manual')?.outcomes({ fields: [] }) ?? {})[0] ?? '';
  const after = { ...fired, wire: { ...fired.wire, outcome } };

  it('is what finds all that it requires in scope; the rest says what it would still need', () => {
    const found = fittingTypes(graph([start({ name: 'prompt', type: 'text' })]), definitions, after);
    expect(found['llm.generate']).toEqual({ fits: true, inputs: [] });
    expect(found['email.send']).toEqual({ fits: false, inputs: ['To', 'Subject', 'Text'] });
  });

  it('goes by type where there is one of it only: For each takes the list that Recall gives', () => {
    const recalled = graph(
      [start(), { id: 'recall', type: 'memory.recall', version: 1 }],
      [{ id: 'e', from: 'start', outcome, to: 'recall' }],
    );
    const behind = { kind: 'after', wire: { from: 'recall', outcome: 'ok' } } as const;
    expect(fittingTypes(recalled, definitions, behind)['flow.map']).toEqual({ fits: true, inputs: [] });
    expect(fittingTypes(recalled, definitions, after)['flow.map']).toEqual({ fits: false, inputs: ['Items'] });
  });

  it('is never a trigger, and on an edge nothing that ends the flow', () => {
    expect(fittingTypes(graph([start()]), definitions, after)['trigger.webhook']).toBeUndefined();
    const between = { kind: 'between', edgeId: 'e', wire: after.wire } as const;
    const found = fittingTypes(graph([start()]), definitions, between);
    expect(found.output).toBeUndefined();
    expect(found['flow.wait']?.fits).toBe(true);
  });

  it('is only an action where an effect is taken back', () => {
    const undo = { kind: 'after', wire: { from: 'start', outcome: 'undo' } } as const;
    const found = fittingTypes(graph([start()]), definitions, undo);
    expect(found['flow.branch']).toBeUndefined();
    expect(found['email.send']).toBeDefined();
  });

  it('is everything where there is no wire', () => {
    const found = fittingTypes(graph([]), definitions, { kind: 'free' });
    expect(Object.keys(found)).toHaveLength(definitions.size);
    expect(Object.values(found).every(({ fits }) => fits)).toBe(true);
  });
});

describe('what fits before a node', () => {
  const mail = (inputs: GraphInput['nodes'][number]['inputs'] = {}) =>
    graph([{ id: 'mail', type: 'memory.remember', version: 1, inputs }]);

  it('is what gives something that it still needs, and says what', () => {
    const found = fittingTypes(mail(), definitions, { kind: 'before', to: 'mail' });
    expect(found['llm.generate']).toEqual({ fits: true, inputs: ['Text'] });
    expect(found['flow.wait']).toEqual({ fits: false, inputs: [] });
    expect(found['trigger.manual']).toBeDefined();
    expect(found.output).toBeUndefined();
  });

  it('is everything that leads on where nothing is needed', () => {
    const bound = mail({ text: { kind: 'value', value: 'Offered 20 cases.' } });
    expect(fittingTypes(bound, definitions, { kind: 'before', to: 'mail' })['flow.wait']?.fits).toBe(true);
  });
});

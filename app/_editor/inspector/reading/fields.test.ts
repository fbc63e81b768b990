import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { graphSchema } from '#nodes/core/graph.ts';
import { fields as answers } from '../../code/worker/fields.ts';
import type { Problems, ProblemsState } from '../../compile/problems.ts';
import { createDocumentStore } from '../../document/store.ts';
import { createFields, scopeKeyOf } from './fields.ts';

const graph = graphSchema.parse({
  format: 'solograph/graph',
  version: 1,
  name: 'x',
  nodes: [
    { id: 'start', type: 'trigger.manual', version: 1, config: { fields: [{ name: 'person', type: 'text' }] } },
    { id: 'mail', type: 'email.send', version: 1 },
  ],
  edges: [{ id: 'e', from: 'start', outcome: 'fired', to: 'mail' }],
});
const field = { kind: 'input', nodeId: 'mail', input: 'to' } as const;
const key = scopeKeyOf(field, 'task');

function open() {
  const document = createDocumentStore(graph);
  const store = createStore<Pick<ProblemsState, 'graph'>>(() => ({ graph }));
  const problems = { store } as unknown as Problems;
  const fields = createFields({ document, problems });
  const compiled = () => store.setState({ graph: document.store.getState().graph });
  return { document, fields, compiled };
}

let asked: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  asked = vi.spyOn(answers, 'scope');
});
afterEach(() => asked.mockRestore());

it('what fields can read is asked once for those that read the same, and told as it changes', async () => {
  const { document, fields, compiled } = open();
  const forget = fields.want(key, field);
  fields.want(key, { ...field, input: 'subject' });
  await vi.waitFor(() => expect(fields.store.getState().scopes[key]?.outcomes).toEqual({ start: ['fired'] }));
  expect(asked).toHaveBeenCalledTimes(1);

  document.dispatch({ kind: 'set-config', nodeId: 'start', path: ['fields', 0, 'name'], value: 'someone' });
  compiled();
  await vi.waitFor(() => expect(JSON.stringify(fields.store.getState().scopes[key])).toContain('someone'));
  forget();
  fields.stop();
});

it('writing into the node itself asks nothing again, except where its own inputs are read', async () => {
  const { document, fields, compiled } = open();
  fields.want(key, field);
  const config = scopeKeyOf({ kind: 'config', nodeId: 'mail' }, 'task');
  fields.want(config, { kind: 'config', nodeId: 'mail' });
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
  document.dispatch({ kind: 'set-input', nodeId: 'mail', input: 'to', binding: { kind: 'expr', expr: '"a"' } });
  compiled();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(3));
  expect(asked.mock.lastCall?.[1]).toEqual({ kind: 'config', nodeId: 'mail' });
  fields.stop();
});

it('fields at the end of an iteration read otherwise than those before', () => {
  expect(scopeKeyOf({ kind: 'input', nodeId: 'each', input: 'result' }, 'map')).toBe('each end');
  expect(scopeKeyOf({ kind: 'input', nodeId: 'each', input: 'items' }, 'map')).toBe('each before');
});

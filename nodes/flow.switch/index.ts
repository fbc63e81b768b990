import { z } from 'zod';
import { defineNode } from '#nodes/core/define-node.ts';
import { graphLimits, idSchema } from '#nodes/core/graph.ts';
import { t } from '#nodes/core/types.ts';

const entry = z.strictObject({
  name: idSchema.meta({ title: 'Name', description: 'The outcome that it leads to.' }),
  when: z
    .string()
    .max(graphLimits.expression)
    .meta({ title: 'When', description: 'An expression over value.', widget: 'cel' }),
});
export type Case = z.infer<typeof entry>;

const config = z.strictObject({
  cases: z
    .array(entry)
    .max(50)
    .default([])
    .meta({ title: 'Ways', description: 'Tried from the top; the first that is true is taken, otherwise else.' }),
});
export type Config = z.infer<typeof config>;

const reserved = ['else', 'error', 'undo'];

function problemsOf({ cases }: Config): { field: string; message: string }[] {
  const names = cases.map(({ name }) => name);
  return names.flatMap((name, index) => {
    const field = `cases[${index}].name`;
    if (reserved.includes(name)) return [{ field, message: `"${name}" is used by the node itself. Rename the way.` }];
    return names.indexOf(name) === index ? [] : [{ field, message: `Two ways are named "${name}". Rename one.` }];
  });
}

const taken = t.object({ case: t.string() });

export default defineNode<Config>({
  type: 'flow.switch',
  version: 1,
  title: 'Switch',
  description: 'Continues along the first of several ways whose condition is true, otherwise along else.',
  category: 'flow',
  icon: 'signpost',
  kind: 'branch',
  config,
  inputs: () => ({
    value: { type: t.any(), title: 'Value', description: 'What the conditions look at.', required: true },
  }),
  outcomes: ({ cases }) => ({
    ...Object.fromEntries(cases.filter(({ name }) => !reserved.includes(name)).map(({ name }) => [name, taken])),
    else: taken,
  }),
  summary: ({ cases }) => {
    const names = cases.slice(0, 4).map(({ name }) => name);
    return `${[...names, ...(cases.length > 4 ? ['…'] : []), 'else'].join(', ')}`;
  },
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'inherit',
  capabilities: [],
  spends: null,
  expressions: ({ cases }) =>
    cases.map(({ when }, index) => ({ path: `cases[${index}].when`, expr: when, expects: 'boolean' })),
  check: problemsOf,
  retry: null,
  timeoutMs: 10_000,
  errors: ['EXPRESSION_FAILED'],
  example: {
    config: {
      cases: [
        { name: 'large', when: 'value >= 1000' },
        { name: 'medium', when: 'value >= 100' },
      ],
    },
    inputs: { value: 250 },
  },
});

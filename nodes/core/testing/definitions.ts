import { z } from 'zod';
import { type AnyNodeDeclaration, defineNode, type NodeDeclaration, type NodeDefinitions } from '../define-node.ts';
import { fromJsonSchema, type Type, t } from '../types.ts';

/** What every declaration for tests has in common. */
const common = {
  version: 1,
  title: 'For tests',
  description: '',
  category: 'flow',
  icon: 'box',
  config: z.strictObject({}),
  inputs: () => ({}),
  summary: String,
  effect: 'pure',
  reversible: true,
  risk: 0,
  trust: 'inherit',
  capabilities: [],
  spends: null,
  retry: null,
  timeoutMs: 1_000,
  errors: [],
  example: { config: {}, inputs: {} },
} satisfies Partial<NodeDeclaration>;

const type = z.json().transform((json) => json as Type);
const trigger = z.strictObject({ gives: type.default(t.object({ name: t.string(), count: t.integer() })) });

const task = z.strictObject({
  inputs: z.record(z.string(), z.strictObject({ type, required: z.boolean().default(true) })).default({}),
  gives: type.default(t.object({ text: t.string() })),
  effect: z.enum(['pure', 'read', 'idempotent-write', 'unsafe-write']).default('pure'),
  rules: z
    .array(z.strictObject({ when: z.string(), expects: z.enum(['boolean', 'any']).default('boolean') }))
    .default([]),
  wrong: z.string().default(''),
});
type Task = z.infer<typeof task>;

const taskOf = (name: string, more: Partial<NodeDeclaration<Task>> = {}): AnyNodeDeclaration =>
  defineNode<Task>({
    ...common,
    type: name,
    kind: 'task',
    config: task,
    inputs: ({ inputs }) =>
      Object.fromEntries(Object.entries(inputs).map(([port, spec]) => [port, { ...spec, title: port }])),
    outcomes: ({ gives }) => ({ ok: gives }),
    effect: ({ effect }) => effect,
    expressions: ({ rules }) =>
      rules.map(({ when, expects }, n) => ({ path: `rules[${n}].when`, expr: when, expects })),
    check: ({ wrong }) => (wrong === '' ? [] : [{ field: 'wrong', message: wrong }]),
    ...more,
  });

const gate = (name: string, by: 'human' | 'policy'): AnyNodeDeclaration =>
  taskOf(name, {
    kind: by === 'human' ? 'gate' : 'task',
    outcomes: ({ gives }) => ({ approved: gives, edited: gives, rejected: gives }),
    gate: { by, passing: ['approved', 'edited'] },
  });

const map = z.strictObject({
  maxItems: z.int().nullable().default(100),
  concurrency: z.int().default(2),
  onItemError: z.enum(['collect', 'stop', 'tolerate']).default('collect'),
  tolerate: z.int().optional(),
});
const loop = z.strictObject({ maxPasses: z.int().nullable().default(3) });
const agent = z.strictObject({ maxCalls: z.int().default(9) });
const call = z.strictObject({
  pipeline: z.string().default('other'),
  version: z.int().nullable().default(1),
  signature: z
    .strictObject({
      input: z.json(),
      output: z.json(),
      trust: z.enum(['trusted', 'inherit', 'untrusted']).optional(),
      effect: z.enum(['pure', 'read', 'idempotent-write', 'unsafe-write']).optional(),
    })
    .nullable()
    .default(null),
});
const join = z.strictObject({
  mode: z.enum(['all', 'any', 'count']).default('all'),
  count: z.int().nullable().default(1),
});

const all: AnyNodeDeclaration[] = [
  defineNode<z.infer<typeof trigger>>({
    ...common,
    type: 'start',
    kind: 'trigger',
    trust: 'trusted',
    config: trigger,
    outcomes: ({ gives }) => ({ fired: gives }),
  }),
  defineNode<z.infer<typeof trigger>>({
    ...common,
    type: 'hook',
    kind: 'trigger',
    trust: 'untrusted',
    config: trigger,
    outcomes: ({ gives }) => ({ fired: gives }),
  }),
  defineNode({
    ...common,
    type: 'asking',
    kind: 'trigger',
    trust: 'trusted',
    inputs: () => ({ who: { type: t.string(), title: 'Who', required: true } }),
    outcomes: () => ({}),
  }),
  defineNode({ ...common, type: 'gap', kind: 'task', version: 2, outcomes: () => ({ ok: t.any() }) }),
  defineNode({ ...common, type: 'silent', kind: 'trigger', trust: 'trusted', outcomes: () => ({}) }),
  taskOf('task'),
  taskOf('read', { trust: 'untrusted', effect: 'read' }),
  taskOf('clean', { trust: 'sanitise' }),
  taskOf('trusted', { trust: 'trusted' }),
  taskOf('send', { trust: 'trusted', effect: 'unsafe-write', capabilities: ['mail'], reversible: false, risk: 0.4 }),
  taskOf('keep', {
    effect: 'idempotent-write',
    compensation: () => ({ title: 'Puts back what was there', reverts: true }),
  }),
  taskOf('tell', { effect: 'unsafe-write', compensation: () => ({ title: 'Offers a correction', reverts: false }) }),
  taskOf('hold', { effect: 'unsafe-write', compensation: () => null }),
  taskOf('model', { capabilities: ['model'], spends: 'model' }),
  taskOf('versioned', {
    version: 3,
    config: z
      .strictObject({ three: z.string(), inputs: z.record(z.string(), z.never()).default({}) })
      .transform(({ inputs }): Task => task.parse({ inputs })),
    migrations: { 1: ({ one }) => ({ two: one ?? null }), 2: ({ two }) => ({ three: two ?? null }) },
  }),
  gate('approve', 'human'),
  gate('policy', 'policy'),
  defineNode({
    ...common,
    type: 'branch',
    kind: 'branch',
    inputs: () => ({ condition: { type: t.boolean(), title: 'Condition', required: true } }),
    outcomes: () => ({ true: t.object({}), false: t.object({}) }),
  }),
  defineNode<z.infer<typeof map>>({
    ...common,
    type: 'map',
    kind: 'map',
    config: map,
    inputs: () => ({
      items: { type: t.array(t.any()), title: 'Items', required: true },
      result: { type: t.any(), title: 'Result', required: false },
    }),
    outcomes: () => ({ each: t.any(), done: t.any() }),
  }),
  defineNode<z.infer<typeof loop>>({
    ...common,
    type: 'loop',
    kind: 'loop',
    config: loop,
    inputs: () => ({
      initial: { type: t.any(), title: 'Initial', required: true },
      next: { type: t.any(), title: 'Next', required: true },
      again: { type: t.boolean(), title: 'Again', required: true },
    }),
    outcomes: () => ({ each: t.any(), done: t.any(), limit: t.any() }),
  }),
  defineNode<z.infer<typeof agent>>({
    ...common,
    type: 'agent',
    kind: 'agent',
    trust: 'untrusted',
    effect: 'read',
    config: agent,
    inputs: () => ({
      aim: { type: t.string(), title: 'Aim', required: true },
      result: { type: t.any(), title: 'Result', required: true },
    }),
    outcomes: () => ({
      each: t.object({ item: t.object({ tool: t.string() }), index: t.integer() }),
      done: t.object({ text: t.string() }),
      limit: t.object({ text: t.string() }),
    }),
  }),
  defineNode({
    ...common,
    type: 'odd',
    kind: 'agent',
    trust: 'untrusted',
    config: z.strictObject({ maxCalls: z.int().default(2) }),
    outcomes: () => ({ each: t.any(), done: t.any() }),
  }),
  defineNode<z.infer<typeof call>>({
    ...common,
    type: 'call',
    kind: 'call',
    trust: 'untrusted',
    config: call,
    effect: ({ signature }) => signature?.effect ?? 'pure',
    outcomes: ({ signature }) => ({ ok: fromJsonSchema(signature?.output ?? {}) }),
  }),
  defineNode<z.infer<typeof join>>({
    ...common,
    type: 'join',
    kind: 'join',
    config: join,
    outcomes: () => ({ done: t.object({}) }),
  }),
  defineNode({
    ...common,
    type: 'output',
    kind: 'output',
    inputs: () => ({ value: { type: t.any(), title: 'Value', required: false } }),
    outcomes: () => ({ done: t.any() }),
  }),
];

/** Small node types of every kind, trust and effect, for the tests of the language. */
export const testDefinitions: NodeDefinitions = new Map(all.map((declaration) => [declaration.type, declaration]));

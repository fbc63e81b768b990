import { compile } from '../compile/compile.ts';
import type { Binding } from '../graph.ts';
import type { JsonObject } from '../json.ts';
import { type Type, t } from '../types.ts';
import { testDefinitions } from './definitions.ts';
import { expr } from './graph-of.ts';

type TestNode = { type: string; config?: JsonObject; inputs?: Record<string, Binding> };

/** A type as it stands in a configuration. */
export const json = (type: Type): JsonObject => type as unknown as JsonObject;

/** A task with one input of a type, bound to an expression or to something else. */
export const reader = (binding: Binding | string, type: Type = t.any()): TestNode => ({
  type: 'task',
  config: { inputs: { in: { type: json(type) } } },
  inputs: { in: typeof binding === 'string' ? expr(binding) : binding },
});

/** A task that gives a value of a type. */
export const giver = (type: Type): TestNode => ({ type: 'task', config: { gives: json(type) } });

export const branch: TestNode = { type: 'branch', inputs: { condition: expr('true') } };

/** A map over a list; `result` is the expression of an item's result. */
export const map = (items: string, result?: string): TestNode => ({
  type: 'map',
  inputs: { items: expr(items), ...(result === undefined ? {} : { result: expr(result) }) },
});

export type Finding = { at: string; message: string };

/** What the compiler finds, as `CODE node field` and message. */
export const findings = (graph: unknown): Finding[] =>
  compile(graph, testDefinitions).diagnostics.map(({ code, nodeId, field, message }) => ({
    at: `${code} ${nodeId} ${field}`,
    message,
  }));

/** The most important finding. */
export const first = (graph: unknown): Finding => findings(graph)[0] ?? { at: 'none', message: '' };

import { definitions } from '#app/_canvas/definitions.ts';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { readConfig } from '#nodes/core/node-versions.ts';
import { sampleOf } from '#nodes/core/partial/sample.ts';
import { checkValue, type Type, t } from '#nodes/core/types.ts';

export type RunField = {
  name: string;
  title: string;
  help: string;
  required: boolean;
  kind: 'text' | 'multiline' | 'number' | 'integer' | 'boolean' | 'date' | 'email' | 'choice' | 'file';
  options: string[];
  fallback: Json;
};

/**
 * What a run asks for when it starts at a trigger: fields, or one JSON value where the trigger has no form; of what comes
 * in by a webhook the body, `rest` is what stands beside it.
 */
export type RunForm = { trigger: string; title: string } & (
  | { kind: 'fields'; fields: RunField[] }
  | { kind: 'json'; type: Type; example: Json; rest: JsonObject | null }
);

const kinds: readonly string[] = [
  'text',
  'multiline',
  'number',
  'integer',
  'boolean',
  'date',
  'email',
  'choice',
  'file',
];

/** The forms of a graph's triggers, in the order of the drawing. */
export function runForms(graph: Graph): RunForm[] {
  return graph.nodes
    .filter(({ type, disabled }) => !disabled && definitions.get(type)?.kind === 'trigger')
    .toSorted((a, b) => a.position.y - b.position.y)
    .map(formOf);
}

function formOf(node: GraphNode): RunForm {
  const declaration = definitions.get(node.type);
  const base = { trigger: node.id, title: node.title || declaration?.title || node.id };
  const config = declaration ? readConfig(declaration, node) : null;
  const fields = fieldsIn(config);
  if (fields) return { ...base, kind: 'fields', fields };
  if (!declaration) return { ...base, kind: 'json', type: t.any(), example: {}, rest: null };
  return { ...base, kind: 'json', ...valueTaken(declaration, config) };
}

type Valued = Pick<Extract<RunForm, { kind: 'json' }>, 'type' | 'example' | 'rest'>;

/** The value that such a trigger gives; the example of its declaration is one where it declares nothing narrower. */
function valueTaken(declaration: AnyNodeDeclaration, config: unknown): Valued {
  const given = declaration.example.inputs;
  const [type = t.any()] = config === null ? [] : Object.values(declaration.outcomes(config));
  const body = type.type === 'object' ? type.properties.body : undefined;
  const fitting = (of: Type, example: Json): Json => (checkValue(of, example) === null ? example : sampleOf(of));
  if (!body) return { type, example: fitting(type, given), rest: null };
  const { body: example = {}, ...rest } = given;
  return { type: body, example: fitting(body, example), rest };
}

/** What is wrong with a JSON value for a trigger, for the operator; null where nothing is. */
export function jsonProblem(type: Type, value: Json | undefined): string | null {
  if (value === undefined) return 'A value is needed. Reset it to the sample to begin with.';
  const problem = checkValue(type, value);
  if (!problem) return null;
  return `${problem.path ? `${problem.path}: expected` : 'Expected'} ${problem.expected}, got ${problem.got}.`;
}

/** A trigger that asks declares its questions as a list `fields`, whatever its type is called. */
function fieldsIn(config: unknown): RunField[] | null {
  if (!isObject(config) || !Array.isArray(config.fields)) return null;
  const fields = config.fields.filter(isObject);
  if (!fields.every(({ name, type }) => typeof name === 'string' && kinds.includes(String(type)))) return null;
  return fields.map((field) => ({
    name: String(field.name),
    title: String(field.title || field.name),
    help: typeof field.help === 'string' ? field.help : '',
    required: field.required !== false,
    kind: field.type as RunField['kind'],
    options: Array.isArray(field.options) ? field.options.map(String) : [],
    fallback: field.default ?? null,
  }));
}

export type RunValues = { [name: string]: Json };

/** What the form begins with: what was given last time, else the fields' defaults. */
export function firstValues(fields: RunField[], last: RunValues): RunValues {
  return Object.fromEntries(
    fields.map(({ name, kind, fallback }) => {
      return [name, last[name] ?? fallback ?? (kind === 'boolean' ? false : null)];
    }),
  );
}

/** What stands in the way of starting, by field. */
export function problemsOf(fields: RunField[], values: RunValues): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name] ?? null;
    const missing = value === null || value === '';
    const problem = missing ? missingText(field) : wrongText(field, value);
    if (problem !== null) problems[field.name] = problem;
  }
  return problems;
}

function missingText({ title, kind, required }: RunField): string | null {
  if (!required) return null;
  return kind === 'file' ? `Choose a file for ${title}.` : `${title} is needed.`;
}

function wrongText({ title, kind, options }: RunField, value: Json): string | null {
  switch (kind) {
    case 'number':
      return typeof value === 'number' ? null : `${title} is a number.`;
    case 'integer':
      return Number.isInteger(value) ? null : `${title} is a whole number.`;
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value))
        ? null
        : `${title} is an e-mail address, such as maria@example.com.`;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? null : `${title} is a date, such as 2026-01-31.`;
    case 'choice':
      return options.includes(String(value)) ? null : `${title} is one of: ${options.join(', ')}.`;
    case 'text':
    case 'multiline':
    case 'boolean':
    case 'file':
      return null;
  }
}

/** The field that a refusal of the server is about; null: none of them. */
export function fieldOf(fields: RunField[], failure: string | null): string | null {
  if (failure === null) return null;
  const heads = fields.flatMap(({ name, title }) =>
    [`${name} `, `${name}:`, `${title} (`].map((head) => ({ name, head })),
  );
  return heads.find(({ head }) => failure.startsWith(head))?.name ?? null;
}

/** The run's input: empty fields are left out. */
export function inputOf(fields: RunField[], values: RunValues): JsonObject {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = values[name] ?? null;
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
}

/** What is remembered for the next time. Of files it is their reference: they stay on the server. */
export function toRemember(fields: RunField[], values: RunValues): RunValues {
  return Object.fromEntries(fields.map(({ name }) => [name, values[name] ?? null]));
}

/** Ids of the stored files among some values. */
export function filesIn(values: RunValues): string[] {
  return Object.values(values).flatMap((value) =>
    isObject(value) && value.kind === 'file' && typeof value.id === 'string' ? [value.id] : [],
  );
}

/** The values without those files, and by field what happened to them. */
export function withoutFiles(
  values: RunValues,
  gone: readonly string[],
): { values: RunValues; notes: Record<string, string> } {
  const notes: Record<string, string> = {};
  const kept = Object.entries(values).map(([name, value]): [string, Json] => {
    if (!isObject(value) || value.kind !== 'file' || !gone.includes(String(value.id))) return [name, value];
    notes[name] = `${String(value.name)} is not stored any more. Choose it again.`;
    return [name, null];
  });
  return { values: Object.fromEntries(kept), notes };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

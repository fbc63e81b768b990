import { definitions } from '#app/_canvas/definitions.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { readConfig } from '#nodes/core/node-versions.ts';

export type RunField = {
  name: string;
  title: string;
  help: string;
  required: boolean;
  kind: 'text' | 'multiline' | 'number' | 'integer' | 'boolean' | 'date' | 'email' | 'choice' | 'file';
  options: string[];
  fallback: Json;
};

/** What a run asks for when it starts at a trigger: fields, or one JSON value where the trigger has no form. */
export type RunForm = { trigger: string; title: string } & (
  | { kind: 'fields'; fields: RunField[] }
  | { kind: 'json'; example: Json }
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
  const fields = declaration ? fieldsIn(readConfig(declaration, node)) : null;
  if (fields) return { ...base, kind: 'fields', fields };
  return { ...base, kind: 'json', example: declaration?.example.inputs ?? {} };
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
      const kept = kind === 'file' ? null : (last[name] ?? null);
      return [name, kept ?? fallback ?? (kind === 'boolean' ? false : null)];
    }),
  );
}

/** What stands in the way of starting, by field. */
export function problemsOf(fields: RunField[], values: RunValues): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { name, title, kind, required } of fields) {
    const value = values[name] ?? null;
    const missing = value === null || value === '';
    if (missing && required) problems[name] = kind === 'file' ? `Choose a file for ${title}.` : `${title} is needed.`;
    else if (!missing && kind === 'integer' && !Number.isInteger(value)) problems[name] = `${title} is a whole number.`;
  }
  return problems;
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

/** What may be remembered for the next time: everything but files, which may be gone by then. */
export function toRemember(fields: RunField[], values: RunValues): RunValues {
  return Object.fromEntries(
    fields.filter(({ kind }) => kind !== 'file').map(({ name }) => [name, values[name] ?? null]),
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

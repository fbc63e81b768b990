import { type Graph, graphLimits, graphSchema } from '#nodes/core/graph.ts';
import type { Fragment } from './command.ts';

/** What stands in text that is pasted. `broken`: it is meant for a graph and cannot be read; `why` says what to mend. */
export type ClipboardText =
  | { kind: 'fragment'; fragment: Fragment }
  | { kind: 'broken'; why: string }
  | { kind: 'other' };

/** The fragment as a graph document: what the clipboard holds, so that it pastes into a text file and back. */
export function toClipboardText({ name }: Pick<Graph, 'name'>, fragment: Fragment): string {
  const { nodes, edges, notes, groups, prompts } = fragment;
  const document: Graph = {
    format: 'solograph/graph',
    version: 1,
    name,
    description: '',
    nodes,
    edges,
    notes,
    ...(groups ? { groups } : {}),
    ...(prompts ? { prompts } : {}),
  };
  return JSON.stringify(document, null, 2);
}

/**
 * Reads nodes from text: a graph document, one that a person wrote by hand with the defaults left out, or a pipeline
 * that was exported to a file.
 */
export function fromClipboardText(text: string): ClipboardText {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && !looksMeant(trimmed)) return { kind: 'other' };
  if (trimmed.length > graphLimits.bytes)
    return {
      kind: 'broken',
      why: `It is longer than ${graphLimits.bytes / 1_000_000} MB. Import it as a file instead.`,
    };
  const read = parseJson(trimmed);
  if (!read.ok) return looksMeant(trimmed) ? { kind: 'broken', why: read.why } : { kind: 'other' };
  const document = documentIn(read.value);
  if (document === null) return { kind: 'other' };
  const parsed = graphSchema.safeParse(document);
  if (!parsed.success) return { kind: 'broken', why: firstOf(parsed.error.issues, document) };
  const { nodes, edges, notes, groups, prompts } = parsed.data;
  const twice = repeated(nodes) ?? repeated(notes) ?? repeated(prompts ?? []);
  if (twice !== null)
    return { kind: 'broken', why: `The id "${twice}" stands there twice. Give one of them another id.` };
  if (nodes.length + notes.length === 0) return { kind: 'broken', why: 'It has neither nodes nor notes.' };
  const more = { ...(groups?.length ? { groups } : {}), ...(prompts?.length ? { prompts } : {}) };
  return { kind: 'fragment', fragment: { nodes, edges, notes, ...more } };
}

function looksMeant(text: string): boolean {
  return /["']?format["']?\s*:\s*["']solograph\//.test(text.slice(0, 2_000));
}

type Read = { ok: true; value: unknown } | { ok: false; why: string };

function parseJson(text: string): Read {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const at = firstUnreadable(text);
    const before = text.slice(0, at).split('\n');
    const where = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    const what = at < text.length ? `"${text.charAt(at)}" cannot stand there` : 'it ends too early';
    return { ok: false, why: `It is not valid JSON at ${where}: ${what}.` };
  }
}

/** Where JSON goes wrong: all that stands before could go on to something valid. Engines tell it in some cases only. */
function firstUnreadable(text: string): number {
  let [sound, wrong] = [0, text.length + 1];
  while (wrong - sound > 1) {
    const middle = Math.floor((sound + wrong) / 2);
    if (couldGoOn(text.slice(0, middle))) sound = middle;
    else wrong = middle;
  }
  return sound;
}

/** Whether a text is JSON, or the beginning of some. */
function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    return /end of JSON|[Uu]nterminated/.test(message) || message.includes(`at position ${beginning.length} `);
  }
}

/** The graph in what was read, with what a person may leave out; null where nothing in it is meant for one. */
function documentIn(value: unknown): Record<string, unknown> | null {
  if (!isObject(value)) return null;
  if (value.format === 'solograph/template') return isObject(value.graph) ? documentIn(value.graph) : {};
  const meant = typeof value.format === 'string' && value.format.startsWith('solograph/');
  const bare = value.format === undefined && Array.isArray(value.nodes) && value.nodes.some(isNodeLike);
  if (!meant && !bare) return null;
  const { settings: _settings, ...rest } = value;
  return { format: 'solograph/graph', version: 1, name: 'Pasted', nodes: [], edges: [], ...rest };
}

function isNodeLike(value: unknown): boolean {
  return isObject(value) && typeof value.id === 'string' && typeof value.type === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function repeated(elements: readonly { id: string }[]): string | null {
  const seen = new Set<string>();
  for (const { id } of elements) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return null;
}

type Issue = { path: PropertyKey[]; message: string; code?: string };

/** The first thing that is wrong, by the id of the element that it stands in. */
function firstOf(issues: readonly Issue[], document: Record<string, unknown>): string {
  const [issue] = issues;
  if (!issue) return 'It cannot be read.';
  const [list, index, ...rest] = issue.path;
  const elements = list === undefined ? undefined : document[String(list)];
  const element = Array.isArray(elements) && typeof index === 'number' ? elements[index] : undefined;
  const id = isObject(element) && typeof element.id === 'string' ? `"${element.id}"` : null;
  const where =
    element !== undefined
      ? `${singular[String(list)] ?? String(list)} ${id ?? Number(index) + 1}${rest.length > 0 ? `, ${rest.join('.')}` : ''}`
      : issue.path.join('.') || 'document';
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return `In ${where}: ${issue.message.replace(/\.$/, '')}.${more}`;
}

const singular: Record<string, string> = {
  nodes: 'node',
  edges: 'edge',
  notes: 'note',
  groups: 'group',
  prompts: 'prompt',
};

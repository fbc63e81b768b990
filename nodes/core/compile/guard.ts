import type { z } from 'zod';
import type { Diagnostic } from '../diagnostics.ts';
import { type Graph, graphEdgeSchema, graphLimits, graphNodeSchema, graphSchema } from '../graph.ts';
import type { CompileCache, ReadElement } from './cache.ts';

/** Reads a document as a graph. Total: whatever it is given, it answers a graph or says what is wrong and where. */
export function guard(document: unknown, cache?: CompileCache): { graph: Graph | null; diagnostics: Diagnostic[] } {
  try {
    const graph = cache ? readAgain(document, cache) : null;
    return graph ? { graph, diagnostics: duplicates(graph) } : read(document);
  } catch (thrown) {
    // Only an object whose own accessors throw comes here; no file and no request holds one.
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { graph: null, diagnostics: [error('DOCUMENT_INVALID', undefined, `The document cannot be read: ${why}`)] };
  }
}

function read(document: unknown): { graph: Graph | null; diagnostics: Diagnostic[] } {
  const hostile = inspect(document);
  if (hostile) return { graph: null, diagnostics: [hostile] };
  const newer = newerVersion(document);
  if (newer) return { graph: null, diagnostics: [newer] };
  const parsed = graphSchema.safeParse(document);
  if (!parsed.success)
    return { graph: null, diagnostics: parsed.error.issues.slice(0, 100).map((issue) => invalid(issue, document)) };
  const diagnostics = duplicates(parsed.data);
  return { graph: parsed.data, diagnostics };
}

const refusedKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a document most of whose elements were read before. Null where anything is amiss: then it is read from the
 * start, which says what.
 */
function readAgain(document: unknown, cache: CompileCache): Graph | null {
  if (document === null || typeof document !== 'object' || newerVersion(document)) return null;
  const { nodes, edges }: { nodes?: unknown; edges?: unknown } = document;
  if (!Array.isArray(nodes) || !Array.isArray(edges) || tooMany(document)) return null;
  const around = { ...document, nodes: [], edges: [] };
  const measured = measure(around, 0);
  if (typeof measured !== 'number') return null;
  const parsed = graphSchema.safeParse(around);
  const readNodes = readAll(nodes, graphNodeSchema, cache.nodes);
  const readEdges = readAll(edges, graphEdgeSchema, cache.edges);
  if (!parsed.success || !readNodes || !readEdges) return null;
  if (measured + readNodes.characters + readEdges.characters > graphLimits.bytes) return null;
  return { ...parsed.data, nodes: readNodes.elements, edges: readEdges.elements };
}

/** Where elements stand in a document: in a list that is a member of it. */
const elementDepth = 2;

function readAll<Element>(
  list: readonly unknown[],
  schema: z.ZodType<Element>,
  known: WeakMap<object, ReadElement<Element>>,
): { elements: Element[]; characters: number } | null {
  const elements: Element[] = [];
  let characters = 0;
  for (let at = 0; at < list.length; at += 1) {
    const raw = list[at];
    if (raw === null || typeof raw !== 'object') return null;
    let read = known.get(raw);
    if (!read) {
      const measured = measure(raw, elementDepth);
      const parsed = schema.safeParse(raw);
      if (typeof measured !== 'number' || !parsed.success) return null;
      read = { element: parsed.data, characters: measured };
      known.set(raw, read);
    }
    elements.push(read.element);
    characters += read.characters + String(at).length;
  }
  return { elements, characters };
}

function inspect(document: unknown): Diagnostic | null {
  const measured = measure(document, 0);
  return typeof measured === 'number' ? tooMany(document) : measured;
}

/** Walks a value without recursion: depth, size and member names, before anything else looks at it. Answers its characters. */
function measure(root: unknown, from: number): number | Diagnostic {
  const open: { value: unknown; depth: number; at: string }[] = [{ value: root, depth: from, at: '' }];
  let characters = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth, at } = next;
    if (depth > graphLimits.depth)
      return error('DOCUMENT_TOO_DEEP', at, `Values are nested more than ${graphLimits.depth} deep.`);
    characters += typeof value === 'string' ? value.length + 2 : 4;
    if (characters > graphLimits.bytes)
      return error('DOCUMENT_TOO_LARGE', at, `The document has more than ${graphLimits.bytes} characters.`);
    if (value === null || typeof value !== 'object') continue;
    for (const [key, member] of Object.entries(value)) {
      const address = Array.isArray(value) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`;
      if (!Array.isArray(value) && refusedKeys.has(key))
        return error('KEY_REFUSED', address, `The member name "${key}" is not allowed. Rename it.`);
      characters += key.length;
      open.push({ value: member, depth: depth + 1, at: address });
    }
  }
  return characters;
}

function tooMany(document: unknown): Diagnostic | null {
  if (document === null || typeof document !== 'object') return null;
  for (const member of ['nodes', 'edges', 'notes', 'prompts'] as const) {
    const list: unknown = Reflect.get(document, member);
    if (Array.isArray(list) && list.length > graphLimits[member])
      return error(
        'DOCUMENT_TOO_LARGE',
        member,
        `The graph has ${list.length} ${member}; ${graphLimits[member]} is the limit. Split the pipeline.`,
      );
  }
  return null;
}

function newerVersion(document: unknown): Diagnostic | null {
  if (document === null || typeof document !== 'object') return null;
  const [format, version]: unknown[] = [Reflect.get(document, 'format'), Reflect.get(document, 'version')];
  if (format !== 'solograph/graph' || typeof version !== 'number' || version <= 1) return null;
  return error(
    'DOCUMENT_NEWER',
    'version',
    `The document has version ${version}; this software reads version 1. Update Solograph.`,
  );
}

function invalid(issue: z.core.$ZodIssue, document: unknown): Diagnostic {
  const found = error('DOCUMENT_INVALID', addressOf(issue.path), issue.message);
  const [list, index] = issue.path;
  if ((list !== 'nodes' && list !== 'edges') || typeof index !== 'number') return found;
  const id: unknown = (document as Record<string, { id?: unknown }[]>)[list]?.[index]?.id;
  if (typeof id !== 'string') return found;
  return list === 'nodes' ? { ...found, nodeId: id } : { ...found, edgeId: id };
}

/** Address of a member, as `nodes[2].config.rules[0].when`. */
export function addressOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (at, part) => (typeof part === 'number' ? `${at}[${part}]` : at === '' ? String(part) : `${at}.${String(part)}`),
    '',
  );
}

function duplicates({ nodes, edges, notes, prompts = [] }: Graph): Diagnostic[] {
  const twice = (list: { id: string }[]): string[] => [
    ...new Set(list.map((it) => it.id).filter((id, i, all) => all.indexOf(id) !== i)),
  ];
  const seen = <T extends { id: string }>(list: T[]): string[] => {
    const ids = new Set<string>();
    return list.some(({ id }) => ids.size === ids.add(id).size) ? twice(list) : [];
  };
  return [
    ...seen(nodes).map((nodeId) => ({
      ...error('DUPLICATE_ID', undefined, `Two nodes have the id "${nodeId}". Rename one.`),
      nodeId,
    })),
    ...seen(edges).map((edgeId) => ({
      ...error('DUPLICATE_ID', undefined, `Two edges have the id "${edgeId}". Rename one.`),
      edgeId,
    })),
    ...seen(notes).map((id) => error('DUPLICATE_ID', 'notes', `Two notes have the id "${id}". Rename one.`)),
    ...seen(prompts).map((id) => error('DUPLICATE_ID', 'prompts', `Two prompts have the id "${id}". Rename one.`)),
  ];
}

function error(code: Diagnostic['code'], field: string | undefined, message: string): Diagnostic {
  return { code, severity: 'error', message, ...(field ? { field } : {}) };
}

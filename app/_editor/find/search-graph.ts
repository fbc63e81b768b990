import { definitions } from '#app/_canvas/definitions.ts';
import { groupFlowId, noteFlowId } from '#app/_canvas/flow-elements.ts';
import type { Binding, Graph, GraphGroup, GraphNode, Prompt } from '#nodes/core/graph.ts';
import type { Json } from '#nodes/core/json.ts';

/** A place where the text was found: in which field of what, with some of the text around it. */
export type Hit = {
  flowId: string;
  /** The card, note or group, as it is called. */
  name: string;
  /** In words: `Prompt`, `Comment`. */
  field: string;
  /** As the inspector names the field, e.g. `config.rules`; null: it stands nowhere there. */
  at: string | null;
  snippet: { before: string; match: string; after: string };
};

type Text = { field: string; at: string | null; text: string; lower: string };
type Note = Graph['notes'][number];

/** More than anybody steps through. */
const mostHits = 2_000;
const around = 40;

/** Every field of the drawing that holds the text, in reading order: from left to right, then down. */
export function searchGraph(graph: Graph, query: string): Hit[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const hits: (Hit & { x: number; y: number })[] = [];
  const look = (flowId: string, name: string, texts: Text[], { x, y }: { x: number; y: number }) => {
    for (const { field, at, text, lower } of texts) {
      const found = lower.indexOf(wanted);
      if (found < 0 || hits.length >= mostHits) continue;
      hits.push({ flowId, name, field, at, snippet: snippetOf(text, found, wanted.length), x, y });
    }
  };
  for (const node of graph.nodes)
    look(node.id, nameOf(node), [...textsOf(node), ...promptTexts(node, graph.prompts)], node.position);
  for (const note of graph.notes) look(noteFlowId(note.id), 'Note', noteTexts(note), note.position);
  const places = new Map([...graph.nodes, ...graph.notes].map(({ id, position }) => [id, position]));
  for (const group of graph.groups ?? []) {
    const first = places.get(group.nodes[0] ?? group.notes[0] ?? '') ?? { x: 0, y: 0 };
    look(groupFlowId(group.id), group.title || 'Group', groupTexts(group), first);
  }
  return hits.sort((a, b) => a.x - b.x || a.y - b.y).map(({ x: _x, y: _y, ...hit }) => hit);
}

/** What a node is called on its card. */
export function nameOf(node: GraphNode): string {
  return node.title || definitions.get(node.type)?.title || node.type;
}

const knownTexts = new WeakMap<GraphNode, Text[]>();
const knownNotes = new WeakMap<Note, Text[]>();
const knownGroups = new WeakMap<GraphGroup, Text[]>();

/** Read once per node, so that the next letter only compares. */
function textsOf(node: GraphNode): Text[] {
  const known = knownTexts.get(node);
  if (known) return known;
  const declaration = definitions.get(node.type);
  const texts: Text[] = [textIn('Name', null, nameOf(node)), textIn('Id', null, node.id)];
  texts.push(textIn('Type', null, [declaration?.title, node.type].filter((part) => part !== undefined).join(' · ')));
  if (node.comment) texts.push(textIn('Comment', null, node.comment));
  for (const [name, binding] of Object.entries(node.inputs))
    texts.push(textIn(titleOf(name), `inputs.${name}`, boundText(binding)));
  for (const [name, value] of Object.entries(node.config))
    for (const text of leavesOf(value)) texts.push(textIn(titleOf(name), `config.${name}`, text));
  knownTexts.set(node, texts);
  return texts;
}

/** What the prompts say that a node is given: it stands with the node, where it is edited. */
function promptTexts({ inputs }: GraphNode, prompts: readonly Prompt[] = []): Text[] {
  if (prompts.length === 0) return [];
  return Object.entries(inputs).flatMap(([name, binding]) => {
    const prompt = binding.kind === 'prompt' ? prompts.find(({ id }) => id === binding.prompt) : undefined;
    if (!prompt) return [];
    return [
      textIn('Name of the prompt', `inputs.${name}`, prompt.title),
      textIn('Text of the prompt', `inputs.${name}`, prompt.text),
    ];
  });
}

function noteTexts(note: Note): Text[] {
  return remembered(knownNotes, note, () => [textIn('Text', null, note.text)]);
}

function groupTexts(group: GraphGroup): Text[] {
  return remembered(knownGroups, group, () => [textIn('Title of the group', null, group.title)]);
}

function remembered<Key extends object>(known: WeakMap<Key, Text[]>, key: Key, make: () => Text[]): Text[] {
  const texts = known.get(key) ?? make();
  known.set(key, texts);
  return texts;
}

function textIn(field: string, at: string | null, text: string): Text {
  return { field, at, text, lower: text.toLowerCase() };
}

function boundText(binding: Binding): string {
  switch (binding.kind) {
    case 'value':
      return typeof binding.value === 'string' ? binding.value : JSON.stringify(binding.value);
    case 'expr':
      return binding.expr;
    case 'template':
      return binding.template;
    case 'prompt':
      return Object.entries(binding.values)
        .map(([name, expr]) => `${name} = ${expr}`)
        .join('\n');
    default: {
      const never: never = binding;
      throw new Error(`Not a known binding: ${JSON.stringify(never)}`);
    }
  }
}

/** The texts and numbers in a value; names of members are found too. */
function leavesOf(value: Json): string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (typeof value === 'object') return Object.entries(value).flatMap(([name, member]) => [name, ...leavesOf(member)]);
  return [String(value)];
}

function titleOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/_/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function snippetOf(text: string, at: number, length: number): Hit['snippet'] {
  const [from, to] = [Math.max(0, at - around), Math.min(text.length, at + length + around)];
  const flat = (part: string) => part.replace(/\s+/g, ' ');
  return {
    before: `${from > 0 ? '…' : ''}${flat(text.slice(from, at))}`,
    match: flat(text.slice(at, at + length)),
    after: `${flat(text.slice(at + length, to))}${to < text.length ? '…' : ''}`,
  };
}

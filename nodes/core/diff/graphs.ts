import { defaultSettings, type Graph, type GraphEdge, type GraphGroup, type GraphNode, type Prompt } from '../graph.ts';
import { type FieldChange, fieldChanges, sameJson } from './fields.ts';
import { renamedNodes } from './renamed.ts';

type GraphNote = Graph['notes'][number];

/** One element as it was and as it is, and where it differs; where it stands does not count. */
export type Change<Element> = { before: Element; after: Element; fields: FieldChange[] };
/** Elements of one sort, each list by id. `moved`: those of both graphs that stand elsewhere. */
export type Changes<Element> = { added: Element[]; removed: Element[]; changed: Change<Element>[] };
export type Placed<Element> = Changes<Element> & { moved: Change<Element>[] };

/** What leads from one graph to another. */
export type GraphDiff = {
  nodes: Placed<GraphNode>;
  edges: Changes<GraphEdge>;
  notes: Placed<GraphNote>;
  groups: Changes<GraphGroup>;
  prompts: Changes<Prompt>;
  /** Name, description and settings of the pipeline itself. */
  pipeline: FieldChange[];
  /** Ids that nodes had before, where they have others now. */
  renamed: ReadonlyMap<string, string>;
};

/** How much two graphs differ: in what runs, in what is read by people only, in where things stand, or not at all. */
export type Difference = 'meaning' | 'words' | 'places' | 'none';

/** What changed from `before` to `after`. The order in which a document lists its elements says nothing. */
export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  const renamed = renamedNodes(before, after);
  const here = (id: string): string => renamed.get(id) ?? id;
  const nodes = compare(before.nodes, after.nodes, {
    keyOf: ({ id }) => here(id),
    fieldsOf: (was, is) => nodeFields(was, is),
  });
  return {
    nodes: { ...nodes, moved: movedOf(before.nodes, after.nodes, here) },
    edges: compareEdges(before.edges, after.edges, here),
    notes: {
      ...compare(before.notes, after.notes, { fieldsOf: noteFields }),
      moved: movedOf(before.notes, after.notes, (id) => id),
    },
    groups: compare(before.groups ?? [], after.groups ?? [], { fieldsOf: (was, is) => groupFields(was, is, here) }),
    prompts: compare(before.prompts ?? [], after.prompts ?? [], { fieldsOf: (was, is) => fieldChanges('', was, is) }),
    pipeline: pipelineFields(before, after),
    renamed,
  };
}

/** How much a diff says. A title, a comment, a note or a group is for people; everything else runs. */
export function differenceOf({ nodes, edges, notes, groups, prompts, pipeline }: GraphDiff): Difference {
  const count = ({ added, removed, changed }: Changes<unknown>): number =>
    added.length + removed.length + changed.length;
  const paths = [...[...nodes.changed, ...prompts.changed].flatMap(({ fields }) => fields), ...pipeline].map(
    ({ path }) => path,
  );
  if (nodes.added.length + nodes.removed.length + count(edges) + prompts.added.length + prompts.removed.length > 0)
    return 'meaning';
  if (paths.some((path) => !forPeople.has(path))) return 'meaning';
  if (paths.length + count(notes) + count(groups) > 0) return 'words';
  return nodes.moved.length + notes.moved.length > 0 ? 'places' : 'none';
}

const forPeople: ReadonlySet<string> = new Set(['title', 'comment', 'name', 'description']);

type Comparing<Element> = {
  /** What an element of `before` is found by in `after`. */
  keyOf?: (element: Element) => string;
  fieldsOf: (was: Element, is: Element) => FieldChange[];
};

function compare<Element extends { id: string }>(
  before: readonly Element[],
  after: readonly Element[],
  { keyOf = ({ id }) => id, fieldsOf }: Comparing<Element>,
): Changes<Element> {
  const now = new Map(after.map((element) => [element.id, element]));
  const then = new Map(before.map((element) => [keyOf(element), element]));
  const changed = [...then].flatMap(([key, was]) => {
    const is = now.get(key);
    const fields = is ? fieldsOf(was, is) : [];
    return is && fields.length > 0 ? [{ before: was, after: is, fields }] : [];
  });
  return {
    added: after.filter(({ id }) => !then.has(id)).sort(byId),
    removed: before.filter((element) => !now.has(keyOf(element))).sort(byId),
    changed: changed.sort((a, b) => byId(a.after, b.after)),
  };
}

/** An edge that was drawn anew between the same ends is the same edge, whatever its id. */
function compareEdges(
  before: readonly GraphEdge[],
  after: readonly GraphEdge[],
  here: (id: string) => string,
): Changes<GraphEdge> {
  const kept = (edge: GraphEdge): GraphEdge => ({ ...edge, from: here(edge.from), to: here(edge.to) });
  // Ids are identifiers, so the outcome may hold anything.
  const ends = ({ from, outcome, to }: GraphEdge): string => `${from} ${to} ${outcome}`;
  const endsBefore = new Set(before.map((edge) => ends(kept(edge))));
  const endsAfter = new Set(after.map(ends));
  return compare(
    before.filter((edge) => !endsAfter.has(ends(kept(edge)))),
    after.filter((edge) => !endsBefore.has(ends(edge))),
    {
      fieldsOf: (was, is) => {
        const { id: _was, ...then } = kept(was);
        const { id: _is, ...now } = is;
        return fieldChanges('', then, now);
      },
    },
  );
}

function nodeFields(was: GraphNode, is: GraphNode): FieldChange[] {
  if (sameJson(was, is)) return [];
  return [
    'id',
    'type',
    'version',
    'title',
    'config',
    'inputs',
    'retry',
    'timeoutMs',
    'onFailure',
    'disabled',
    'comment',
  ]
    .map((name): [string, unknown, unknown] => [name, Reflect.get(was, name), Reflect.get(is, name)])
    .flatMap(([name, then, now]) => (name === 'inputs' ? bindingChanges(was, is) : fieldChanges(name, then, now)));
}

/** A binding is one value to whoever reads it: it changes as a whole. */
function bindingChanges(was: GraphNode, is: GraphNode): FieldChange[] {
  const names = [...new Set([...Object.keys(was.inputs), ...Object.keys(is.inputs)])].sort();
  return names
    .filter((name) => !sameJson(was.inputs[name], is.inputs[name]))
    .map((name) => ({ path: `inputs.${name}`, before: was.inputs[name], after: is.inputs[name] }));
}

function noteFields(was: GraphNote, is: GraphNote): FieldChange[] {
  return [...fieldChanges('text', was.text, is.text), ...fieldChanges('size', was.size, is.size)];
}

function groupFields(was: GraphGroup, is: GraphGroup, here: (id: string) => string): FieldChange[] {
  const sorted = (ids: readonly string[]): string[] => [...ids].sort();
  return [
    ...fieldChanges('title', was.title, is.title),
    ...fieldChanges('nodes', sorted(was.nodes.map(here)), sorted(is.nodes)),
    ...fieldChanges('notes', sorted(was.notes), sorted(is.notes)),
  ];
}

function pipelineFields(before: Graph, after: Graph): FieldChange[] {
  return [
    ...fieldChanges('name', before.name, after.name),
    ...fieldChanges('description', before.description, after.description),
    ...fieldChanges('settings', before.settings ?? defaultSettings, after.settings ?? defaultSettings),
  ];
}

function movedOf<Element extends { id: string; position: { x: number; y: number } }>(
  before: readonly Element[],
  after: readonly Element[],
  here: (id: string) => string,
): Change<Element>[] {
  const now = new Map(after.map((element) => [element.id, element]));
  return before
    .flatMap((was) => {
      const is = now.get(here(was.id));
      const fields = is ? fieldChanges('position', was.position, is.position) : [];
      return is && fields.length > 0 ? [{ before: was, after: is, fields }] : [];
    })
    .sort((a, b) => byId(a.after, b.after));
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

import { type CheckedBinding, checkBinding } from '../bindings.ts';
import type { Scope } from '../cel/kinds.ts';
import { type Type, t, unionOf } from '../types.ts';
import { carriedType } from './carried.ts';
import { type Flow, hasBody, isAtEnd } from './flow.ts';
import type { Structure } from './structure.ts';
import type { View, Views } from './view.ts';

/** The variables at a point of the graph, with their types; computed as they are asked for. */
export type Scopes = {
  /** For the inputs of a node. */
  before: (n: number) => Scope;
  /** For the inputs of a map or loop that are taken at the end of an iteration. */
  atEnd: (map: number) => Scope;
  /** The input of a node as it is bound, or null where it is not bound. */
  binding: (n: number, input: string) => CheckedBinding | null;
  /** The type that the input of a node takes. */
  expected: (n: number, input: string) => Type;
};

const failure = t.object({ code: t.string(), message: t.string() });
const namesShown = 100;

/** Scopes of all points. `run` is what started it, `nodes` the outputs of other nodes, `item` and `index` the iteration. */
export function scopesOf(flow: Flow, structure: Structure, views: Views): Scopes {
  const checked = new Map<string, CheckedBinding | null>();
  const types: Types = { runs: new Map(), outputs: new Map() };
  const scopeOf = (view: View): Scope => {
    const variables: Record<string, () => Scope | Type> = {
      run: () => runType(flow, view, types.runs),
      nodes: () => nodesScope(view, { flow, structure, scopes, types }),
      ...(view.scope === null
        ? {}
        : { item: () => itemType(flow, view.scope as number, scopes), index: () => position }),
    };
    return {
      type: 'scope',
      get: (name) => (Object.hasOwn(variables, name) ? { type: variables[name]!(), required: true } : null),
      names: () => Object.keys(variables),
    };
  };
  const scopes: Scopes = {
    before: (n) => scopeOf(views.before(n)),
    atEnd: (map) => scopeOf(views.atEnd(map)),
    expected: (n, input) => {
      const { inputs, declaration } = flow.nodes[n]!;
      // What a pass ends with is what the next begins with.
      const carries = declaration.kind === 'loop' && input === 'next';
      return carries ? carriedType(scopes.binding(n, 'initial')) : inputs[input]!.type;
    },
    binding: (n, input) => {
      const key = `${n}.${input}`;
      const known = checked.get(key);
      if (known !== undefined) return known;
      // Until it is known: a cycle of maps that read each other is an error of the graph elsewhere.
      checked.set(key, null);
      const found = checkOne(flow, scopes, n, input);
      checked.set(key, found);
      return found;
    },
  };
  return scopes;
}

function checkOne(flow: Flow, scopes: Scopes, n: number, input: string): CheckedBinding | null {
  const { node, declaration } = flow.nodes[n]!;
  const binding = Object.hasOwn(node.inputs, input) ? node.inputs[input] : undefined;
  if (!binding) return null;
  const scope = isAtEnd(declaration.kind, input) ? scopes.atEnd(n) : scopes.before(n);
  return checkBinding(binding, scope, { expected: scopes.expected(n, input), prompts: flow.prompts });
}

const position = t.integer({ minimum: 0 });

/** Types that were made for a point before: thousands of points see the same ones. */
type Types = { runs: Map<string, Type>; outputs: Map<string, Type> };

function made(known: Map<string, Type>, key: string, make: () => Type): Type {
  const before = known.get(key);
  if (before) return before;
  const type = make();
  known.set(key, type);
  return type;
}

function runType(flow: Flow, view: View, known: Map<string, Type>): Type {
  const triggers = view.triggers();
  return made(known, triggers.join(), () =>
    t.object({
      id: t.string(),
      input: unionOf(triggers.map((n) => triggerOutput(flow, n))),
      startedAt: t.string({ format: 'date-time' }),
      spendMicros: t.integer({ minimum: 0 }),
    }),
  );
}

function triggerOutput(flow: Flow, n: number): Type {
  return Object.values(flow.nodes[n]!.outcomes)[0] ?? t.any();
}

/** The type of an item of a map: that of its list's items. In a loop it is the value that the passes carry, of an agent what it asks of a tool. */
function itemType(flow: Flow, body: number, scopes: Scopes): Type {
  const { declaration, outcomes } = flow.nodes[body]!;
  if (declaration.kind === 'loop') return carriedType(scopes.binding(body, 'initial'));
  if (declaration.kind === 'agent') return memberType(outcomes.each, 'item');
  const items = scopes.binding(body, 'items');
  return items?.ok && items.type.type === 'array' ? items.type.items : t.any();
}

function memberType(type: Type | undefined, name: string): Type {
  return (type?.type === 'object' && type.properties[name]) || t.any();
}

type Within = { flow: Flow; structure: Structure; scopes: Scopes; types: Types };

function nodesScope(view: View, within: Within): Scope {
  const { flow, structure } = within;
  return {
    type: 'scope',
    get: (id) => {
      const by = flow.indexOf.get(id);
      if (by === undefined) {
        const type = flow.absent.get(id)?.type;
        return type ? { type, required: false } : null;
      }
      const { enclosing, hidden } = placeOf(by, view, structure);
      if (enclosing)
        return { type: t.object({ item: itemType(flow, by, within.scopes), index: position }), required: true };
      if (hidden !== null || !view.before(by)) return null;
      return { type: outputType(by, view, within), required: view.ran(by) };
    },
    names: () =>
      structure.order
        .filter((by) => {
          const { enclosing, hidden } = placeOf(by, view, structure);
          return enclosing || (hidden === null && view.before(by));
        })
        .toReversed()
        .slice(0, namesShown)
        .map((by) => flow.nodes[by]!.node.id),
    missing: (id) => {
      const by = flow.indexOf.get(id);
      return by === undefined ? null : reasonFor(by, view, within);
    },
  };
}

/** Whether a node is a map around this point, or in the body of one that is not. */
function placeOf(by: number, view: View, { scope }: Structure): { enclosing: boolean; hidden: number | null } {
  const home = scope[by] ?? null;
  let visible = home === null;
  for (let map = view.scope; map !== null; map = scope[map] ?? null) {
    if (map === by) return { enclosing: true, hidden: null };
    if (map === home) visible = true;
  }
  return { enclosing: false, hidden: visible ? null : home };
}

function reasonFor(by: number, view: View, { flow, structure }: Within): { message: string; absent?: string[] } {
  const idOf = (n: number): string => flow.nodes[n]!.node.id;
  const id = idOf(by);
  const { hidden } = placeOf(by, view, structure);
  if (hidden !== null) {
    const map = idOf(hidden);
    const { kind } = flow.nodes[hidden]!.declaration;
    return { message: `"${id}" ${hiddenIn[kind as keyof typeof hiddenIn](map)}` };
  }
  if (by === view.at) return { message: `"${id}" is this node: it has no output before it runs.` };
  const message = `"${id}" does not run before "${idOf(view.at)}". Connect it so that it does, or read another node.`;
  return { message, absent: ['nodes', id] };
}

const hiddenIn = {
  loop: (map: string) =>
    `runs in each pass of "${map}". Read nodes.${map}.value, which is what the last pass ended with.`,
  map: (map: string) => `runs once per item of "${map}". Read nodes.${map}.items, which has the results of all.`,
  agent: (map: string) => `is a tool of "${map}". Read what "${map}" gives, which is what its model made of it.`,
};

/** What a node's output may be, seen from a point after it. */
function outputType(by: number, view: View, { flow, scopes, types }: Within): Type {
  const { outcomes, declaration } = flow.nodes[by]!;
  const left = view.outcomes(by);
  const make = (): Type =>
    unionOf(
      left.map((outcome) => {
        if (declaration.kind === 'map' && outcome === 'done') return resultsType(by, scopes);
        if (declaration.kind === 'loop' && outcome !== 'error')
          return t.object({ value: itemType(flow, by, scopes), passes: position });
        return Object.hasOwn(outcomes, outcome) ? (outcomes[outcome] as Type) : failure;
      }),
    );
  // What comes of a body is not known for good while its own bindings are being checked.
  return hasBody(declaration.kind) ? make() : made(types.outputs, `${by} ${left.join('\n')}`, make);
}

/** What a map gives when all its items are done. */
function resultsType(map: number, scopes: Scopes): Type {
  const result = scopes.binding(map, 'result');
  const value = result === null ? t.null() : result.ok ? t.nullable(result.type) : t.any();
  const item = t.object({ index: position, outcome: t.string({ enum: ['ok', 'error'] }), value, error: t.any() });
  return t.object({ items: t.array(item), succeeded: position, failed: position });
}

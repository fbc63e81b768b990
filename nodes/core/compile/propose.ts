import { memberNames, memberOf, type Scope } from '../cel/kinds.ts';
import { assignable, type Type } from '../types.ts';

/** A place that a value may come from: an expression that reads it, its name and its type. */
type Candidate = { expr: string; name: string; type: Type };

const placesTried = 30;

/**
 * An expression for an unbound input, or null: a member of the same name in the nearest place that has one that fits,
 * else the only member of a place whose type is just the one that is asked for: of the node that the edge comes from,
 * and for lists, objects and files of any place. Places are the node that an edge comes from, the item of the
 * iteration, what the run was started with, and the nodes before, latest first.
 */
export function propose(port: { name: string; type: Type }, scope: Scope, from: string): string | null {
  const [near, ...others] = placesOf(scope, from);
  return byName(port, [near, ...others]) ?? byType(port, [near, ...(isRare(port.type) ? others : [])]);
}

/**
 * What an unbound input might be bound to, for the operator to say so: what `propose` would take, else the first value
 * that fits in the nearest place that has one.
 */
export function suggest(port: { name: string; type: Type }, scope: Scope, from: string): string | null {
  const sure = propose(port, scope, from);
  if (sure !== null) return sure;
  const fitting = placesOf(scope, from)
    .flat()
    .filter(({ type }) => type.type !== 'any' && !assignable(type, port.type));
  return fitting[0]?.expr ?? null;
}

/** Of what there is seldom more than one, so that the only one is likely meant. */
function isRare(type: Type): boolean {
  return type.type === 'array' || type.type === 'object' || (type.type === 'string' && type.format === 'file');
}

function placesOf(scope: Scope, from: string): [Candidate[], ...Candidate[][]] {
  const nodes = scope.get('nodes')!.type as Scope;
  const others = nodes.names().filter((id) => id !== from);
  const node = (id: string): Candidate[] => {
    const found = nodes.get(id);
    return found?.required ? candidates(member('nodes', id), found.type as Type) : [];
  };
  const variable = (name: string): Candidate[] => {
    const found = scope.get(name);
    return found ? candidates(name, found.type as Type) : [];
  };
  const input = memberOf(scope.get('run')!.type, 'input')!;
  return [
    node(from),
    variable('item'),
    candidates('run.input', input.type as Type),
    ...others.slice(0, placesTried).map(node),
  ];
}

function candidates(expr: string, type: Type): Candidate[] {
  return memberNames(type).flatMap((name) => {
    const found = memberOf(type, name)!;
    return !found.absent ? [{ expr: member(expr, name), name, type: found.type as Type }] : [];
  });
}

const words = new Set(['in', 'true', 'false', 'null']);

/** `of.name`, or `of["name"]` where the name is no identifier. */
export function member(of: string, name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !words.has(name) ? `${of}.${name}` : `${of}[${JSON.stringify(name)}]`;
}

function byName({ name, type }: { name: string; type: Type }, places: Candidate[][]): string | null {
  const wanted = type.type === 'string' && type.format === 'email' ? [plain(name), 'email'] : [plain(name)];
  for (const place of places)
    for (const candidate of place)
      if (wanted.includes(plain(candidate.name)) && !assignable(candidate.type, type)) return candidate.expr;
  return null;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function byType({ type }: { type: Type }, places: Candidate[][]): string | null {
  for (const place of places) {
    const fitting = place.filter((candidate) => isJust(candidate.type, type));
    if (fitting.length === 1) return (fitting[0] as Candidate).expr;
  }
  return null;
}

/** Whether a type says the same as what is asked for; text and what takes anything say too little. */
function isJust(type: Type, wanted: Type): boolean {
  if (type.type !== wanted.type || wanted.type === 'any' || assignable(type, wanted)) return false;
  return type.type !== 'string' || wanted.type !== 'string' || (wanted.format === 'file' && type.format === 'file');
}

import type { Json } from '#nodes/core/json.ts';
import { describeType, isNullable, type Type, typeOfValue } from '#nodes/core/types.ts';

/** One thing that a field may read. */
export type ScopeEntry = {
  /** The expression that reads it, which also tells it from others. */
  expr: string;
  /** What it is called in expressions, at this place. */
  name: string;
  /** What people call it. */
  title?: string;
  type: Type;
  /** It, or what it belongs to, may be absent: then a value stands in for it. */
  absent: boolean;
  /** It is what may be absent, and read with `.?`. */
  unsure: boolean;
  /** What it was in the run; undefined: there is no value. */
  value?: Json;
};

export type ScopeSources = {
  variables: Record<string, Type>;
  outcomes: Record<string, string[]>;
  values: { [name: string]: Json | undefined };
  titleOf: (nodeId: string) => string | undefined;
};

/** What stands at the top: the item at hand, each node, what the run was given, the run. */
export function scopeRoots({ variables, outcomes, values, titleOf }: ScopeSources): ScopeEntry[] {
  const { run, nodes, item, index, ...own } = variables;
  const root = (name: string, type: Type | undefined, title?: string): ScopeEntry[] =>
    type
      ? [
          {
            expr: name,
            name,
            type,
            absent: false,
            unsure: false,
            value: values[name],
            ...(title === undefined ? {} : { title }),
          },
        ]
      : [];
  const nodesEntry = root('nodes', nodes)[0];
  const runEntry = root('run', run)[0];
  const read = nodesEntry ? childrenOf(nodesEntry) : [];
  const inputs = runEntry ? childrenOf(runEntry).filter(({ name }) => name === 'input') : [];
  return [
    ...Object.entries(own).flatMap(([name, type]) => root(name, type)),
    ...root('item', item, 'This item'),
    ...root('index', index, 'Its number, from 0'),
    ...read.map((entry) => ({ ...entry, ...titled(titleOf(entry.name), outcomes[entry.name]) })),
    ...inputs.map((entry) => ({ ...entry, name: 'run.input', title: 'What the run is given' })),
    ...root('run', run, 'The run'),
  ];
}

function titled(title: string | undefined, outcomes: string[] | undefined): Pick<ScopeEntry, 'title'> {
  if (title === undefined) return {};
  const by = outcomes && outcomes.length > 1 ? `, ${outcomes.join(' or ')}` : outcomes ? `, ${outcomes[0]}` : '';
  return { title: `${title}${by}` };
}

/** The members of an object, or the first item of a list. */
export function childrenOf(entry: ScopeEntry): ScopeEntry[] {
  const type = withoutNull(entry.type);
  const unsure = isNullable(entry.type) && entry.type.type !== 'any';
  if (type.type === 'array') return [member(entry, { name: '[0]', type: type.items, absent: unsure })];
  if (type.type === 'object')
    return Object.entries(withGiven(type, entry.value).properties).map(([name, of]) =>
      member(entry, { name, type: of, absent: unsure || isOptional(type, name) }),
    );
  if (type.type === 'union') return unionMembers(entry, type.of);
  return entry.value !== undefined && type.type === 'any'
    ? childrenOf({ ...entry, type: typeOfGiven(entry.value) })
    : [];
}

/** Members of any variant; those that some lack may be absent. */
function unionMembers(entry: ScopeEntry, of: Type[]): ScopeEntry[] {
  const objects = of.flatMap((variant) => (variant.type === 'object' ? [variant] : []));
  const names = [...new Set(objects.flatMap(({ properties }) => Object.keys(properties)))];
  return names.map((name) => {
    const having = objects.filter(({ properties }) => Object.hasOwn(properties, name));
    const sure = having.length === of.length && having.every(({ required }) => required.includes(name));
    return member(entry, { name, type: having[0]?.properties[name] ?? { type: 'any' }, absent: !sure });
  });
}

/** Members that nobody listed are read like others. */
function isOptional({ properties, required }: Extract<Type, { type: 'object' }>, name: string): boolean {
  return Object.hasOwn(properties, name) && !required.includes(name);
}

/** A table whose columns nobody listed has those that it had in the run. */
function withGiven(type: Extract<Type, { type: 'object' }>, value: Json | undefined) {
  if (!type.additional || value === undefined) return type;
  const given = typeOfGiven(value);
  return given.type === 'object' ? { ...type, properties: { ...given.properties, ...type.properties } } : type;
}

function typeOfGiven(value: Json): Type {
  const type = typeOfValue(value);
  return type.type === 'string' ? { type: 'string' } : type;
}

function member(owner: ScopeEntry, { name, type, absent }: { name: string; type: Type; absent: boolean }): ScopeEntry {
  return {
    expr: `${owner.expr}${accessTo(name, absent)}`,
    name,
    type,
    absent: owner.absent || absent,
    unsure: absent,
    value: valueUnder(owner.value, name),
  };
}

function accessTo(name: string, absent: boolean): string {
  if (name === '[0]') return absent ? '[?0]' : '[0]';
  if (/^[A-Za-z_]\w*$/.test(name)) return absent ? `.?${name}` : `.${name}`;
  return `[${absent ? '?' : ''}${JSON.stringify(name)}]`;
}

function valueUnder(owner: Json | undefined, name: string): Json | undefined {
  if (owner === undefined || owner === null || typeof owner !== 'object') return undefined;
  if (Array.isArray(owner)) return owner[0];
  return Object.hasOwn(owner, name) ? owner[name] : undefined;
}

function withoutNull(type: Type): Type {
  if (type.type !== 'union') return type;
  const rest = type.of.filter((variant) => variant.type !== 'null');
  return rest.length === 1 && rest[0] ? rest[0] : { type: 'union', of: rest };
}

/** What is written for an entry: what may be absent gets a value to stand in, where an expression needs one. */
export function insertionOf(entry: ScopeEntry, into: 'cel' | 'template'): string {
  if (!entry.absent || into === 'template') return entry.expr;
  const instead = standIn(withoutNull(entry.type));
  return instead === null ? entry.expr : `${entry.expr}.orValue(${instead})`;
}

function standIn(type: Type): string | null {
  switch (type.type) {
    case 'string':
      return type.format === 'file' ? null : '""';
    case 'number':
    case 'integer':
      return '0';
    case 'boolean':
      return 'false';
    case 'array':
      return '[]';
    default:
      return null;
  }
}

/** The type in words, without what makes it nullable where it is marked as absent anyway. */
export function typeWords({ type, absent }: ScopeEntry): string {
  return describeType(absent ? withoutNull(type) : type);
}

const searchDepth = 4;
const mostFound = 60;

/** Entries whose name, title or expression has all words of a search, at any depth that people look at. */
export function searchEntries(roots: ScopeEntry[], text: string): ScopeEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found: ScopeEntry[] = [];
  const look = (entries: ScopeEntry[], above: string, depth: number): void => {
    for (const entry of entries) {
      const own = `${above} ${entry.expr} ${entry.title ?? ''}`.toLowerCase();
      if (words.every((word) => own.includes(word)) && found.length < mostFound) found.push(entry);
      if (depth < searchDepth && found.length < mostFound) look(childrenOf(entry), own, depth + 1);
    }
  };
  look(
    roots.filter(({ expr }) => expr !== 'run'),
    '',
    1,
  );
  const names = words.at(-1) ?? '';
  return found.toSorted(
    (a, b) => Number(b.name.toLowerCase().includes(names)) - Number(a.name.toLowerCase().includes(names)),
  );
}

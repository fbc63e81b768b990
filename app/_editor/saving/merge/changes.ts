import { plural } from '#app/_ui/format.ts';
import type { Graph, GraphNode } from '#nodes/core/graph.ts';
import { sameJson } from '../same-json.ts';

export type Change = { kind: 'added' | 'changed' | 'removed'; title: string; detail: string };

type Element = { id: string; position?: unknown };

/** What a side did since the base, in the operator's words: nodes by their titles, the rest counted. */
export function changesSince(base: Graph, side: Graph, titleOf: (node: GraphNode) => string): Change[] {
  const nodes = compare(base.nodes, side.nodes);
  const moved = nodes.changed.filter(([before, after]) =>
    sameJson({ ...before, position: 0 }, { ...after, position: 0 }),
  );
  const edited = nodes.changed.filter((pair) => !moved.includes(pair));
  return [
    ...edited.map(([before, after]) => ({
      kind: 'changed' as const,
      title: titleOf(after),
      detail: membersOf(before, after).map(memberWord).join(', '),
    })),
    ...nodes.added.map((node) => ({ kind: 'added' as const, title: titleOf(node), detail: '' })),
    ...nodes.removed.map((node) => ({ kind: 'removed' as const, title: titleOf(node), detail: '' })),
    ...counted('changed', moved.length, 'node', 'moved'),
    ...rest('edge', compare(base.edges, side.edges)),
    ...rest('note', compare(base.notes, side.notes)),
    ...rest('group', compare(base.groups ?? [], side.groups ?? [])),
    ...rest('prompt', compare(base.prompts ?? [], side.prompts ?? [])),
    ...(['name', 'description', 'settings'] as const)
      .filter((name) => !sameJson(base[name], side[name]))
      .map((name) => ({ kind: 'changed' as const, title: 'Pipeline', detail: name })),
  ];
}

function rest(one: string, { added, changed, removed }: ReturnType<typeof compare<Element>>): Change[] {
  return [
    ...counted('added', added.length, one, 'added'),
    ...counted('changed', changed.length, one, 'changed'),
    ...counted('removed', removed.length, one, 'removed'),
  ];
}

function counted(kind: Change['kind'], count: number, one: string, detail: string): Change[] {
  return count === 0 ? [] : [{ kind, title: plural(count, one), detail }];
}

function compare<T extends Element>(base: readonly T[], side: readonly T[]) {
  const before = new Map(base.map((element) => [element.id, element]));
  const after = new Set(side.map(({ id }) => id));
  return {
    added: side.filter(({ id }) => !before.has(id)),
    removed: base.filter(({ id }) => !after.has(id)),
    changed: side.flatMap((element): [T, T][] => {
      const was = before.get(element.id);
      return was && !sameJson(was, element) ? [[was, element]] : [];
    }),
  };
}

function membersOf(before: GraphNode, after: GraphNode): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [was, is] = [before[name as keyof GraphNode], after[name as keyof GraphNode]];
    if (sameJson(was, is)) return [];
    return name === 'config' || name === 'inputs' ? inside(name, was, is) : [name];
  });
}

function inside(name: string, was: unknown, is: unknown): string[] {
  const [before, after] = [(was ?? {}) as Record<string, unknown>, (is ?? {}) as Record<string, unknown>];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !sameJson(before[key], after[key])).map((key) => `${name}.${key}`);
}

const words: Record<string, string> = {
  title: 'title',
  position: 'place',
  retry: 'retries',
  timeoutMs: 'time limit',
  onFailure: 'what follows a failure',
  disabled: 'whether it takes part',
  comment: 'comment',
  version: 'version of its type',
  exists: 'changed here, removed there',
  ends: 'what it joins',
  text: 'text',
  variables: 'variables',
  size: 'size',
  name: 'name',
  description: 'description',
};

/** A member as the operator reads it: `config.prompt` is the field `prompt`, `inputs.text` the input `text`. */
export function memberWord(member: string): string {
  const [list, name] = member.split('.');
  if (name !== undefined) return list === 'inputs' ? `input ${name}` : name;
  return words[member] ?? member;
}

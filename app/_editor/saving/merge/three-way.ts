import { sameJson } from '../same-json.ts';

export type Side = 'mine' | 'theirs';
export type Place = { kind: 'node' | 'edge' | 'note' | 'group' | 'prompt' | 'pipeline'; id: string };
/** Both changed the same thing in different ways. `member`: `config.prompt`; `exists` where one removed it. */
export type Clash = { id: string; place: Place; member: string; mine: unknown; theirs: unknown };
/** One thing as both drafts were made of it, and as it is in each of them; undefined: it is not there. */
export type Three<T> = { base: T; mine: T; theirs: T };

/** Where nodes stand is one question, however many were moved on both sides. */
export const placesId = 'places';

/** Collects what clashes, and decides it by the operator's picks; mine where nothing is picked. */
export class Clashes {
  readonly list: Clash[] = [];
  /** Nodes and notes that both sides moved. */
  readonly moved: string[] = [];
  readonly #picks: Readonly<Record<string, Side>>;

  constructor(picks: Readonly<Record<string, Side>>) {
    this.#picks = picks;
  }

  pick(clash: Omit<Clash, 'id'>): Side {
    const id = [clash.place.kind, clash.place.id, clash.member].join('/');
    this.list.push({ ...clash, id });
    return this.#picks[id] ?? 'mine';
  }

  pickPlace(id: string): Side {
    this.moved.push(id);
    return this.#picks[placesId] ?? 'mine';
  }
}

/** The value that one side changed; undefined where both did, each in another way. */
export function agreed<T>({ base, mine, theirs }: Three<T>): { value: T } | undefined {
  if (sameJson(mine, theirs) || sameJson(base, theirs)) return { value: mine };
  return sameJson(base, mine) ? { value: theirs } : undefined;
}

type Members = { [name: string]: unknown };

/** Merges the members of one thing. `inside`: members that are merged member by member themselves. */
export function mergeMembers<T extends object>(
  three: Three<T | undefined>,
  { clashes, place, inside = [], prefix = '' }: { clashes: Clashes; place: Place; inside?: string[]; prefix?: string },
): T {
  const [base, mine, theirs] = [three.base ?? {}, three.mine ?? {}, three.theirs ?? {}] as Members[] as [
    Members,
    Members,
    Members,
  ];
  const merged: Members = {};
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const member = { base: base[name], mine: mine[name], theirs: theirs[name] };
    const value =
      agreed(member) ??
      (inside.includes(name)
        ? { value: mergeMembers(member as Three<object>, { clashes, place, prefix: `${name}.` }) }
        : { value: member[chosen(name, member)] });
    if (value.value !== undefined) merged[name] = value.value;
  }
  return merged as T;

  function chosen(name: string, member: Three<unknown>): Side {
    if (prefix === '' && name === 'position') return clashes.pickPlace(place.id);
    return clashes.pick({ place, member: `${prefix}${name}`, mine: member.mine, theirs: member.theirs });
  }
}

/** Ids of a list merged as a set: what a side took out stays out, what a side put in comes in. */
export function mergeIds({ base, mine, theirs }: Three<readonly string[]>): string[] {
  const [before, left, right] = [new Set(base), new Set(mine), new Set(theirs)];
  return [...new Set([...mine, ...theirs])].filter((id) => (left.has(id) && right.has(id)) || !before.has(id));
}

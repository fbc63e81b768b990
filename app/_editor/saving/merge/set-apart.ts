import { produce } from 'immer';
import type { Graph } from '#nodes/core/graph.ts';
import { freeId } from '../../document/ids.ts';
import { renamePrompt } from '../../document/prompts.ts';
import { renameNode } from '../../document/rename-node.ts';
import { sameJson } from '../same-json.ts';
import type { Three } from './three-way.ts';

type Identified = { id: string };

/** Theirs, where what both sides added under one id has another id, references to it included. */
export function setApart({ base, mine, theirs }: Three<Graph>): Graph {
  return produce(theirs, (draft) => {
    for (const [id, to] of newIds(base.nodes, mine.nodes, theirs.nodes)) {
      renameNode(draft, id, to);
      for (const group of draft.groups ?? []) group.nodes = group.nodes.map((each) => (each === id ? to : each));
    }
    for (const [id, to] of newIds(base.notes, mine.notes, theirs.notes)) {
      renameElement(draft.notes, id, to);
      for (const group of draft.groups ?? []) group.notes = group.notes.map((each) => (each === id ? to : each));
    }
    // After the nodes: an edge that was alike may lead to a renamed one now.
    for (const [id, to] of newIds(base.edges, mine.edges, draft.edges)) renameElement(draft.edges, id, to);
    for (const [id, to] of newIds(base.groups ?? [], mine.groups ?? [], theirs.groups ?? []))
      renameElement(draft.groups ?? [], id, to);
    for (const [id, to] of newIds(base.prompts ?? [], mine.prompts ?? [], theirs.prompts ?? []))
      renamePrompt(draft, id, to);
  });
}

function newIds(base: readonly Identified[], mine: readonly Identified[], theirs: readonly Identified[]) {
  const before = new Set(base.map(({ id }) => id));
  const added = new Map(mine.filter(({ id }) => !before.has(id)).map((element) => [element.id, element]));
  const taken = new Set([...base, ...mine, ...theirs].map(({ id }) => id));
  const renamed: [string, string][] = [];
  for (const element of theirs) {
    const same = added.get(element.id);
    if (!same || sameJson(same, element)) continue;
    const to = freeId(element.id.slice(0, 56), taken);
    taken.add(to);
    renamed.push([element.id, to]);
  }
  return renamed;
}

function renameElement(list: Identified[], id: string, to: string): void {
  const element = list.find((each) => each.id === id);
  if (element) element.id = to;
}

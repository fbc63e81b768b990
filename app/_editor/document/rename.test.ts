import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { idFromTitle } from './ids.ts';
import { renaming } from './rename.ts';

function graphWith(...nodes: { id: string; title?: string }[]): Graph {
  return graphSchema.parse({
    format: 'solograph/graph',
    version: 1,
    name: 'x',
    nodes: nodes.map((node) => ({ type: 'llm.generate', version: 1, ...node })),
    edges: [],
  });
}

describe('giving a node another title', () => {
  it.each([
    ['generate', undefined, 'Draft the offer', 'draft_the_offer'],
    ['generate2', undefined, 'Draft', 'draft'],
    ['draft_the_offer', 'Draft the offer', 'Réponse', 'reponse'],
    ['draft3', 'Draft', '', 'generate'],
    ['generate', undefined, '2nd try', 'node_2nd_try'],
  ])('takes the id %s along as long as nobody chose it (title %s → %s)', (id, before, title, to) => {
    const graph = graphWith({ id, ...(before ? { title: before } : {}) });
    expect(renaming(graph, id, title, false)).toEqual({ kind: 'rename-node', from: id, to, title });
  });

  it('leaves a chosen id, one that something else holds, and one that no id can be made for', () => {
    expect(renaming(graphWith({ id: 'writer' }), 'writer', 'Draft', false)).toEqual({
      kind: 'set-title',
      nodeId: 'writer',
      title: 'Draft',
    });
    expect(renaming(graphWith({ id: 'generate' }), 'generate', 'Draft', true)?.kind).toBe('set-title');
    expect(renaming(graphWith({ id: 'generate' }), 'generate', '下書き', false)?.kind).toBe('set-title');
  });

  it('finds a free id', () => {
    const graph = graphWith({ id: 'generate' }, { id: 'draft', title: 'Draft' });
    expect(renaming(graph, 'generate', 'Draft', false)).toMatchObject({ to: 'draft2' });
  });

  it('is nothing where the title stays', () => {
    expect(renaming(graphWith({ id: 'generate' }), 'generate', '', false)).toBeNull();
  });
});

describe('a title as an id', () => {
  it.each([
    ['Draft the offer!', 'draft_the_offer'],
    ['  Überprüfung – 2 ', 'uberprufung_2'],
    ['constructor', 'constructor_node'],
    ['…', null],
  ])('%s is %s', (title, id) => {
    expect(idFromTitle(title)).toBe(id);
  });
});

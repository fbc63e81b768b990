import { describe, expect, it } from 'vitest';
import { type Graph, graphSchema } from '#nodes/core/graph.ts';
import { changesSince } from './changes.ts';
import { mergeGraphs } from './merge-graphs.ts';
import { add, all, base, config, edit, join, merged, node, remove } from './testing.ts';

describe('merging two drafts', () => {
  it('takes the side that changed something', () => {
    const changed = all(config('draft', 'prompt', 'Hello'), remove('send'));
    expect(merged(changed, base).graph).toEqual(changed);
    expect(merged(base, changed).graph).toEqual(changed);
    expect(merged(changed, changed).graph).toEqual(changed);
  });

  it('gives both where they changed different members of one node', () => {
    const { graph, clashes, node } = merged(
      all(
        config('draft', 'prompt', 'Hello'),
        edit('draft', () => ({ title: 'Reply' })),
      ),
      all(
        config('draft', 'model', 'large'),
        edit('draft', () => ({ position: { x: 9, y: 9 } })),
      ),
    );
    expect(clashes).toEqual([]);
    expect(node('draft')).toMatchObject({
      title: 'Reply',
      config: { prompt: 'Hello', model: 'large' },
      position: { x: 9, y: 9 },
    });
    expect(graphSchema.safeParse(graph).success).toBe(true);
  });

  it('asks whose is taken where both changed one member; mine unless the operator says', () => {
    const mine = all(config('draft', 'prompt', 'Mine'));
    const theirs = all(config('draft', 'prompt', 'Theirs'), config('draft', 'model', 'large'));
    const first = merged(mine, theirs);
    expect(first.clashes).toMatchObject([{ id: 'node/draft/config.prompt', mine: 'Mine', theirs: 'Theirs' }]);
    expect(first.node('draft')?.config).toEqual({ prompt: 'Mine', model: 'large' });
    const second = merged(mine, theirs, { 'node/draft/config.prompt': 'theirs' });
    expect(second.node('draft')?.config).toEqual({ prompt: 'Theirs', model: 'large' });
  });

  it('keeps both nodes that were added under one id, with what refers to them', () => {
    const mine = all(add(node('output')), join('x', 'send', 'output'));
    const theirs = all(
      add(
        node('output', { title: 'Theirs' }),
        node('last', { inputs: { v: { kind: 'expr', expr: 'nodes.output.v' } } }),
      ),
      join('x', 'draft', 'output'),
    );
    const { ids, graph, node: at, clashes } = merged(mine, theirs);
    expect(clashes).toEqual([]);
    expect(ids).toEqual(['start', 'draft', 'send', 'output', 'output2', 'last']);
    expect(at('output2')?.title).toBe('Theirs');
    expect(at('last')?.inputs).toEqual({ v: { kind: 'expr', expr: 'nodes.output2.v' } });
    expect(graph.edges.map(({ from, to }) => `${from}>${to}`)).toEqual([
      'start>draft',
      'draft>send',
      'send>output',
      'draft>output2',
    ]);
  });

  it('asks where one removed what the other changed, and keeps its edges with it', () => {
    const mine = all(remove('draft'));
    const theirs = all(config('draft', 'prompt', 'Hello'));
    const gone = merged(mine, theirs);
    expect(gone.clashes).toMatchObject([{ id: 'node/draft/exists' }]);
    expect([gone.ids, gone.graph.edges]).toEqual([['start', 'send'], []]);
    const kept = merged(mine, theirs, { 'node/draft/exists': 'theirs' });
    expect(kept.ids).toEqual(['start', 'send', 'draft']);
    expect(kept.graph.edges.map(({ id }) => id).sort()).toEqual(['a', 'b']);
  });

  it('asks where one removed what the other joined to something', () => {
    const { clashes } = merged(all(remove('send')), all(add(node('end')), join('c', 'send', 'end')));
    expect(clashes).toMatchObject([{ id: 'node/send/exists' }]);
  });

  it('draws one edge where both drew the same', () => {
    const { graph } = merged(all(join('mine', 'start', 'send')), all(join('theirs', 'start', 'send')));
    expect(graph.edges.map(({ id }) => id)).toEqual(['a', 'b', 'mine']);
  });

  it('asks once where both moved things', () => {
    const place = (x: number) => edit('draft', () => ({ position: { x, y: 0 } }));
    const { moved, clashes, node: at } = merged(all(place(1)), all(place(2)), { places: 'theirs' });
    expect([moved, clashes, at('draft')?.position.x]).toEqual([['draft'], [], 2]);
  });

  it('takes a configuration whole where a side has another version of the node type', () => {
    const migrated = all(edit('draft', () => ({ version: 2, config: { text: 'Hi' } })));
    const { clashes, node: at } = merged(migrated, all(config('draft', 'prompt', 'Hello')));
    expect(clashes.map(({ member }) => member)).toEqual(['config']);
    expect(at('draft')).toMatchObject({ version: 2, config: { text: 'Hi' } });
  });

  it('merges the members of a group, which are in one group at most', () => {
    const mine: Graph = {
      ...base,
      groups: [
        { id: 'g', title: 'Mail', nodes: ['send'], notes: [] },
        { id: 'h', title: 'Mine', nodes: ['draft'], notes: [] },
      ],
    };
    const theirs: Graph = {
      ...base,
      groups: [{ id: 'g', title: 'Post', nodes: ['draft', 'send', 'start'], notes: ['note'] }],
    };
    expect(merged(mine, theirs).graph.groups).toEqual([
      { id: 'g', title: 'Post', nodes: ['send', 'start'], notes: ['note'] },
      { id: 'h', title: 'Mine', nodes: ['draft'], notes: [] },
    ]);
  });

  it('merges prompts: member by member, apart where two were added under one id, kept where they are used', () => {
    const greeting = { id: 'p', title: 'Greeting', text: 'Dear {{ who }}', variables: [] };
    const saying = (id: string) => ({ inputs: { text: { kind: 'prompt', prompt: id, values: {} } as const } });
    const had: Graph = { ...base, prompts: [greeting] };
    const both = mergeGraphs({
      base: had,
      mine: { ...had, prompts: [{ ...greeting, title: 'Hello' }] },
      theirs: { ...had, prompts: [{ ...greeting, text: 'Hi' }] },
    });
    expect([both?.graph.prompts, both?.clashes]).toEqual([[{ ...greeting, title: 'Hello', text: 'Hi' }], []]);
    const apart = merged(
      { ...base, prompts: [greeting] },
      { ...all(edit('draft', () => saying('p'))), prompts: [{ ...greeting, text: 'Hi' }] },
    );
    expect(apart.graph.prompts?.map(({ id, text }) => [id, text])).toEqual([
      ['p', 'Dear {{ who }}'],
      ['p2', 'Hi'],
    ]);
    expect(apart.node('draft')?.inputs.text).toMatchObject({ prompt: 'p2' });
    const kept = mergeGraphs({
      base: had,
      mine: { ...had, nodes: all(edit('draft', () => saying('p'))).nodes },
      theirs: { ...base, description: 'Without' },
    });
    expect(kept?.graph.prompts).toEqual([greeting]);
    expect(kept?.clashes.map(({ id }) => id)).toEqual(['prompt/p/exists']);
  });

  it('merges name, description and settings', () => {
    const settings = { timeoutMs: null, onFailure: 'stop', thresholds: [] } as const;
    const { graph, clashes } = merged(
      { ...base, description: 'Mine', settings: { ...settings, thresholds: [], timeoutMs: 1_000 } },
      { ...base, name: 'Theirs', settings: { ...settings, thresholds: [], onFailure: 'ask' } },
    );
    expect(graph).toMatchObject({ name: 'Theirs', description: 'Mine' });
    expect(clashes.map(({ id }) => id)).toEqual(['pipeline//settings.timeoutMs', 'pipeline//settings.onFailure']);
  });

  it('answers null where the outcome is more than a document may hold', () => {
    const many = (word: string) => Array.from({ length: 2_600 }, (_, n) => node(`${word}${n}`));
    const [mine, theirs] = [all(add(...many('m'))), all(add(...many('t')))];
    expect(mergeGraphs({ base, mine, theirs })).toBeNull();
  });
});

describe('what a side changed', () => {
  it('is told by the titles of nodes, and counted where there is more of a kind', () => {
    const side = all(
      config('draft', 'prompt', 'Hello'),
      edit('start', () => ({ position: { x: 5, y: 5 } })),
      remove('send'),
      add(node('end', { title: 'End' })),
      join('c', 'draft', 'end'),
      (graph) => ({ ...graph, description: 'New' }),
    );
    expect(changesSince(base, side, ({ id, title }) => title ?? id)).toEqual([
      { kind: 'changed', title: 'Draft', detail: 'prompt' },
      { kind: 'added', title: 'End', detail: '' },
      { kind: 'removed', title: 'send', detail: '' },
      { kind: 'changed', title: '1 node', detail: 'moved' },
      { kind: 'added', title: '1 edge', detail: 'added' },
      { kind: 'removed', title: '1 edge', detail: 'removed' },
      { kind: 'changed', title: '1 group', detail: 'changed' },
      { kind: 'changed', title: 'Pipeline', detail: 'description' },
    ]);
  });
});

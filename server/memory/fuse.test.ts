import { describe, expect, it } from 'vitest';
import { fuse } from './fuse.ts';

describe('fuse', () => {
  it('adds reciprocal ranks and tells both', () => {
    expect(fuse(['a', 'b'], ['b', 'c'])).toEqual([
      { id: 'b', score: 1 / 62 + 1 / 61, vectorRank: 2, textRank: 1 },
      { id: 'a', score: 1 / 61, vectorRank: 1, textRank: null },
      { id: 'c', score: 1 / 62, vectorRank: null, textRank: 2 },
    ]);
  });

  it('counts an id once, with its best rank', () => {
    expect(fuse(['a', 'a', 'b'], [])).toMatchObject([
      { id: 'a', vectorRank: 1 },
      { id: 'b', vectorRank: 2 },
    ]);
  });

  it('counts a search by its weight, and flattens by its constant', () => {
    expect(fuse(['a'], ['b'], { vectorWeight: 1, textWeight: 3, fusionK: 9 })).toMatchObject([
      { id: 'b', score: 0.3 },
      { id: 'a', score: 0.1 },
    ]);
  });

  it('puts first what has the very word, where a search by likeness counts another as much', () => {
    expect(fuse(['alike', 'b'], ['exact']).map(({ id }) => id)).toEqual(['exact', 'alike', 'b']);
  });

  it('has nothing to fuse where nothing was found', () => {
    expect(fuse([], [])).toEqual([]);
  });
});

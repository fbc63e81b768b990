import { describe, expect, it } from 'vitest';
import { cardHeight, edgePath, handleY } from './geometry.ts';

describe('the measures of a card', () => {
  it('is 96 high for one or two outcomes and 20 more for each beyond', () => {
    expect([1, 2, 3, 4].map(cardHeight)).toEqual([96, 96, 116, 136]);
  });

  it('has its handles at 62, 82, 102', () => {
    expect([0, 1, 2].map(handleY)).toEqual([62, 82, 102]);
  });
});

describe('an edge', () => {
  it('is straight between neighbours in a row', () => {
    expect(edgePath({ x: 448, y: 138 }, { x: 504, y: 138 })).toBe('M 448,138 C 476,138 476,138 504,138');
  });

  it('bends by a third of its height, 56 at most', () => {
    expect(edgePath({ x: 204, y: 290 }, { x: 260, y: 138 })).toBe('M 204,290 C 255.68,290 208.32,138 260,138');
    expect(edgePath({ x: 448, y: 310 }, { x: 504, y: 138 })).toBe('M 448,310 C 504,310 448,138 504,138');
  });

  it('goes back between the rows, and comes to the card from its left', () => {
    const path = edgePath({ x: 1412, y: 214 }, { x: 244, y: 457 });
    expect(path).toMatch(/^M 1412,214 H 1428 /);
    expect(path).toContain('H 228 ');
    expect(path).toMatch(/ H 244$/);
  });
});

import { describe, expect, it } from 'vitest';
import { cardModels } from '#app/_canvas/card-model.ts';
import { columnStep } from '#app/_canvas/geometry.ts';
import { testDefinitions, testGraph } from '#app/_canvas/testing/graph.ts';
import { freePlace, placeAfter } from './place.ts';
import { tidyPositions } from './tidy.ts';

const graph = testGraph('s:start a:do b:do c:do s.fired>a s.fired>b a.ok>c b.ok>c');
const at = tidyPositions(graph, cardModels(graph, testDefinitions));

describe('tidy', () => {
  it('gives each step of the way a column, 244 apart, from left to right', () => {
    expect([at.s?.x, at.a?.x, at.b?.x, at.c?.x]).toEqual([0, columnStep, columnStep, 2 * columnStep]);
  });

  it('puts nothing on top of something else, and everything on the 4 px grid', () => {
    expect(Math.abs((at.a?.y ?? 0) - (at.b?.y ?? 0))).toBeGreaterThan(96);
    for (const place of Object.values(at)) expect([place.x % 4, place.y % 4].map(Math.abs)).toEqual([0, 0]);
  });

  it('has nothing to do for an empty drawing', () => {
    const empty = testGraph('');
    expect(tidyPositions({ ...empty, nodes: [] }, new Map())).toEqual({});
  });
});

describe('a new node', () => {
  it('comes to stand beside the one before, and below where that place is taken', () => {
    const taken = { ...graph, nodes: graph.nodes.slice(0, 1) };
    expect(placeAfter(taken, { x: 0, y: 0 })).toEqual({ x: 244, y: 0 });
    expect(freePlace(taken, { x: 10, y: 0 })).toEqual({ x: 12, y: 152 });
  });
});

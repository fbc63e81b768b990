import { describe, expect, it } from 'vitest';
import { reachableFrom, reaching, shapeOf } from './graph-shape.ts';
import { testDefinitions, testGraph } from './testing/graph.ts';

const loop = testGraph(
  's:start l:loop a:do b:do after:do alone:do s.fired>l l.each>a a.ok>b l.done>after alone.ok>ghost',
);
const shape = shapeOf(loop, testDefinitions);

describe('the shape of a graph', () => {
  it('knows the body of a For each: what follows `each`, not what follows `done`', () => {
    expect(Object.fromEntries(shape.scopes)).toEqual({ s: null, l: null, a: 'l', b: 'l', after: null });
  });

  it('leaves out edges to nodes that are not there', () => {
    expect(shape.edges).toHaveLength(4);
  });

  it('knows what follows a node and what leads to it', () => {
    expect([...reachableFrom(shape, 'l')].sort()).toEqual(['a', 'after', 'b']);
    expect([...reaching(shape, 'b')].sort()).toEqual(['a', 'l', 's']);
  });

  it('ends on cycles', () => {
    const cyclic = shapeOf(testGraph('s:start a:do b:do s.fired>a a.ok>b b.ok>a'), testDefinitions);
    expect([...reachableFrom(cyclic, 'a')].sort()).toEqual(['a', 'b']);
  });
});

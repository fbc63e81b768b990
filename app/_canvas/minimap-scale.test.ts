import { expect, it } from 'vitest';
import { around, boundsOf, minimapScale } from './minimap-scale.ts';

it('fits what is wide by its width, in the middle', () => {
  const { scale, origin } = minimapScale({ x: 0, y: 0, width: 1_500, height: 150 }, { width: 160, height: 92 });
  expect(scale).toBeCloseTo(0.1);
  expect((0 - origin.x) * scale).toBeCloseTo(5);
  expect((75 - origin.y) * scale).toBeCloseTo(46);
});

it('takes in what is seen beside the nodes', () => {
  const nodes = boundsOf([
    { x: 0, y: 0, width: 188, height: 96 },
    { x: 400, y: 200, width: 188, height: 96 },
  ]);
  expect(nodes).toEqual({ x: 0, y: 0, width: 588, height: 296 });
  expect(around(nodes ?? never(), { x: -100, y: 50, width: 50, height: 900 })).toEqual({
    x: -100,
    y: 0,
    width: 688,
    height: 950,
  });
  expect(boundsOf([])).toBeNull();
});

function never(): never {
  throw new Error('There are bounds.');
}

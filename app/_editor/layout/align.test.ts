import { describe, expect, it } from 'vitest';
import { type Alignment, alignments, alignShifts, neededFor } from './align.ts';
import type { Unit } from './boxes.ts';

const unit = (x: number, y: number, width: number, height: number): Unit => ({
  box: { x, y, width, height },
  nodes: [],
  notes: [],
});
const units = [unit(0, 0, 100, 50), unit(300, 40, 200, 100), unit(140, 200, 60, 60)];
const places = (how: Alignment) =>
  alignShifts(units, how).map((by, at) => [(units[at]?.box.x ?? 0) + by.x, (units[at]?.box.y ?? 0) + by.y]);

describe('aligning', () => {
  it.each<[Alignment, number[][]]>([
    [
      'left',
      [
        [0, 0],
        [0, 40],
        [0, 200],
      ],
    ],
    [
      'centre',
      [
        [200, 0],
        [150, 40],
        [220, 200],
      ],
    ],
    [
      'right',
      [
        [400, 0],
        [300, 40],
        [440, 200],
      ],
    ],
    [
      'top',
      [
        [0, 0],
        [300, 0],
        [140, 0],
      ],
    ],
    [
      'middle',
      [
        [0, 105],
        [300, 80],
        [140, 100],
      ],
    ],
    [
      'bottom',
      [
        [0, 210],
        [300, 160],
        [140, 200],
      ],
    ],
    [
      'horizontally',
      [
        [0, 0],
        [300, 40],
        [170, 200],
      ],
    ],
    [
      'vertically',
      [
        [0, 0],
        [300, 75],
        [140, 200],
      ],
    ],
  ])('%s', (how, expected) => {
    expect(places(how)).toEqual(expected);
  });

  it('needs two things, to distribute three', () => {
    expect((Object.keys(alignments) as Alignment[]).map(neededFor)).toEqual([2, 2, 2, 2, 2, 2, 3, 3]);
  });
});

import { expect, it } from 'vitest';
import { treeAct } from './tree-keys.ts';

const rows = [
  { level: 1, children: 2, open: true },
  { level: 2, children: 0, open: false },
  { level: 2, children: 3, open: false },
  { level: 1, children: 0, open: false },
];

it('arrows move, open and close; Enter takes', () => {
  expect(treeAct('ArrowDown', rows, 0)).toEqual({ kind: 'go', to: 1 });
  expect(treeAct('ArrowUp', rows, 0)).toBeNull();
  expect(treeAct('ArrowRight', rows, 2)).toEqual({ kind: 'open' });
  expect(treeAct('ArrowRight', rows, 0)).toEqual({ kind: 'go', to: 1 });
  expect(treeAct('ArrowLeft', rows, 2)).toEqual({ kind: 'go', to: 0 });
  expect(treeAct('ArrowLeft', rows, 0)).toEqual({ kind: 'close' });
  expect(treeAct('ArrowLeft', rows, 3)).toBeNull();
  expect(treeAct('End', rows, 0)).toEqual({ kind: 'go', to: 3 });
  expect(treeAct('Home', rows, 3)).toEqual({ kind: 'go', to: 0 });
  expect(treeAct('Enter', rows, 1)).toEqual({ kind: 'pick' });
  expect(treeAct('x', rows, 1)).toBeNull();
  expect(treeAct('Enter', [], 0)).toBeNull();
});

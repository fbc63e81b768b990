import { describe, expect, it } from 'vitest';
import { cardHeight, cardWidth, columnStep } from '#app/_canvas/geometry.ts';
import { testGraph } from '#app/_canvas/testing/graph.ts';
import { freePlace, placeAfter } from './place.ts';
import { createTidier, type TidyWorker } from './tidier.ts';
import { type TidyInput, type TidyResult, tidyLayout } from './tidy.ts';

const card = (id: string, x = 0, y = 0) => ({ id, x, y, width: cardWidth, height: cardHeight(2) });
const edge = (text: string) => ({ from: text.charAt(0), to: text.charAt(1) });
const input: TidyInput = {
  cards: [card('s'), card('a'), card('b'), card('c')],
  edges: ['sa', 'sb', 'ac', 'bc'].map(edge),
  notes: [],
  groups: [],
};

type Placed = { x: number; y: number; width: number; height: number };
const overlap = (a: Placed, b: Placed) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const boxes = (from: TidyInput, { nodes, notes }: TidyResult): Placed[] => [
  ...from.cards.map((one) => ({ ...one, ...nodes[one.id] })),
  ...from.notes.map((one) => ({ ...one, ...notes[one.id] })),
];
const overlaps = (placed: Placed[]) => placed.flatMap((a, at) => placed.slice(at + 1).filter((b) => overlap(a, b)));

describe('tidy', () => {
  it('gives each step of the way a column, 244 apart, from left to right', () => {
    const { nodes } = tidyLayout(input);
    expect([nodes.s?.x, nodes.a?.x, nodes.b?.x, nodes.c?.x]).toEqual([0, columnStep, columnStep, 2 * columnStep]);
  });

  it('puts nothing on top of something else, and everything on the 4 px grid', () => {
    const { nodes } = tidyLayout(input);
    expect(overlaps(boxes(input, { nodes, notes: {} }))).toEqual([]);
    for (const place of Object.values(nodes)) expect([place.x % 4, place.y % 4].map(Math.abs)).toEqual([0, 0]);
  });

  it('has nothing to do for an empty drawing', () => {
    expect(tidyLayout({ cards: [], edges: [], notes: [], groups: [] })).toEqual({ nodes: {}, notes: {} });
  });

  it('keeps a note beside the card it stands at, and no note on top of anything', () => {
    const notes = [
      { id: 'n', x: 0, y: 100, width: 188, height: 60 },
      { id: 'far', x: 244, y: 10, width: 188, height: 60 },
    ];
    const from = { ...input, cards: [card('s'), card('a', 0, 600), card('b', 0, 800), card('c', 0, 1_000)], notes };
    const result = tidyLayout(from);
    expect(result.notes.n).toMatchObject({ x: result.nodes.s?.x, y: (result.nodes.s?.y ?? 0) + 100 });
    expect(overlaps(boxes(from, result))).toEqual([]);
  });

  it('keeps a group together, its notes in it, and everything else outside its frame', () => {
    const from = {
      ...input,
      cards: [...input.cards, card('x', 900)],
      edges: [...input.edges, edge('cx')],
      notes: [{ id: 'n', x: 20, y: 20, width: 100, height: 40 }],
      groups: [{ cards: ['a', 'c'], notes: ['n'] }],
    };
    const result = tidyLayout(from);
    const placed = boxes(from, result);
    expect(overlaps(placed)).toEqual([]);
    const inside = placed.filter((box) => ['a', 'c', 'n'].includes((box as Placed & { id: string }).id));
    const [left, right] = [Math.min(...inside.map(({ x }) => x)), Math.max(...inside.map(({ x, width }) => x + width))];
    const [top, bottom] = [
      Math.min(...inside.map(({ y }) => y)),
      Math.max(...inside.map(({ y, height }) => y + height)),
    ];
    const frame = { x: left, y: top, width: right - left, height: bottom - top };
    for (const other of placed.filter((box) => !inside.includes(box))) expect(overlap(frame, other)).toBe(false);
  });
});

describe('tidying beside the page', () => {
  const answering = (respond: (worker: TidyWorker, id: number) => void): TidyWorker => {
    const worker: TidyWorker = {
      postMessage: ({ id }) => queueMicrotask(() => respond(worker, id)),
      terminate: () => {},
      onmessage: null,
      onerror: null,
    };
    return worker;
  };

  it('is done by the worker', async () => {
    const made = { nodes: { s: { x: 1, y: 1 } }, notes: {} };
    const tidier = createTidier(() => answering((worker, id) => worker.onmessage?.({ data: { id, result: made } })));
    await expect(tidier.tidy(input)).resolves.toEqual(made);
  });

  it('is done here where workers cannot be started, or die', async () => {
    const none = createTidier(() => {
      throw new Error('No workers here.');
    });
    await expect(none.tidy(input)).resolves.toEqual(tidyLayout(input));
    const dying = createTidier(() => answering((worker) => worker.onerror?.({})));
    await expect(dying.tidy(input)).resolves.toEqual(tidyLayout(input));
  });

  it('says what went wrong', async () => {
    const tidier = createTidier(() => answering((worker, id) => worker.onmessage?.({ data: { id, error: 'No.' } })));
    await expect(tidier.tidy(input)).rejects.toThrow('No.');
  });
});

describe('a new node', () => {
  it('comes to stand beside the one before, and below where that place is taken', () => {
    const graph = testGraph('s:start');
    expect(placeAfter(graph, { x: 0, y: 0 })).toEqual({ x: 244, y: 0 });
    expect(freePlace(graph, { x: 10, y: 0 })).toEqual({ x: 12, y: 152 });
  });
});

import { expect, it } from 'vitest';
import { createDetail, type Level } from './detail.ts';

const named = (from: number, to: number) => new Set(Array.from({ length: to - from }, (_, n) => `n${from + n}`));

function canvas(cards: number) {
  const frames: (() => void)[] = [];
  let at = 0;
  const detail = createDetail(
    (turn) => frames.push(turn),
    () => at,
  );
  detail.show({ level: 'box', ids: new Set() });
  const levels = new Map<string, Level>();
  const stops = [...named(0, cards)].map((id) => detail.watch(id, (level) => levels.set(id, level)));
  const frame = () => frames.shift()?.();
  const settle = () => {
    while (frames.length > 0) frame();
  };
  const pass = (ms: number) => {
    at += ms;
  };
  const rest = () => pass(1_000);
  const shownAt = (level: Level) => new Set([...levels].filter(([, shown]) => shown === level).map(([id]) => id));
  return { detail, at: shownAt, frame, pass, rest, settle, frames, stops };
}

it('draws a few cards per frame in full while the view moves, more once it rests, until all in view are', () => {
  const { detail, at, frame, rest, settle } = canvas(500);
  detail.show({ level: 'full', ids: named(0, 40) });
  expect(at('full').size).toBe(0);
  frame();
  expect(at('full').size).toBe(4);
  rest();
  frame();
  expect(at('full').size).toBe(16);
  settle();
  expect(at('full')).toEqual(named(0, 40));
});

it('leaves cards that the view has passed, as long as they are few', () => {
  const { detail, at, settle } = canvas(500);
  for (let n = 0; n < 400; n += 20) {
    detail.show({ level: 'full', ids: named(n, n + 40) });
    settle();
  }
  expect(at('full').size).toBe(80);
  expect([...named(380, 420)].every((id) => at('full').has(id))).toBe(true);
});

it('makes boxes of all of them, seen from far away, and turns round where the zoom does', () => {
  const { detail, at, frame, settle, frames, stops } = canvas(100);
  detail.show({ level: 'full', ids: 'all' });
  settle();
  expect(at('full').size).toBe(100);
  detail.show({ level: 'box', ids: new Set() });
  frame();
  expect(at('box').size).toBe(16);
  stops[0]?.();
  detail.show({ level: 'distant', ids: 'all' });
  settle();
  expect(at('distant').size).toBe(99);
  expect(frames).toHaveLength(0);
});

it('changes no card while the zoom moves, but in one frame of every half second', () => {
  const { detail, at, frame, pass, settle } = canvas(500);
  for (let ms = 0; ms < 480; ms += 16) {
    detail.show({ level: 'full', ids: named(0, 40), zooming: true });
    frame();
    pass(16);
  }
  expect(at('full').size).toBe(0);
  pass(20);
  detail.show({ level: 'full', ids: named(0, 40), zooming: true });
  frame();
  expect(at('full').size).toBe(12);
  frame();
  expect(at('full').size).toBe(12);
  pass(100);
  settle();
  expect(at('full')).toEqual(named(0, 40));
});

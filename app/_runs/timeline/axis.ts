/** A stretch of the axis: time that runs, or a long pause folded to a fixed width. Percent of the whole from the left. */
export type Segment = { kind: 'time' | 'fold'; from: number; to: number; left: number; width: number };
export type Tick = { left: number; text: string };
export type Axis = { segments: Segment[]; ticks: Tick[] };

type Span = { from: number; to: number };

const foldWidth = 10;
/** A pause is folded when it is longer than this, and longer than half of all the time that something happened. */
const shortestFoldMs = 5_000;
const steps = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200,
  86_400,
];

/**
 * Lays time out from `whole.from` to `whole.to`. Where nothing in `busy` happens for long, the axis folds, so that a
 * wait of hours does not squeeze seconds of work to nothing.
 */
export function axisOf(busy: readonly Span[], whole: Span, foldText: (ms: number) => string): Axis {
  const merged = merge(busy, whole);
  const busyMs = merged.reduce((sum, span) => sum + span.to - span.from, 0);
  const folds = pausesOf(merged, whole)
    .filter((pause) => pause.to - pause.from > Math.max(shortestFoldMs, busyMs / 2))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, 3)
    .toSorted((a, b) => a.from - b.from);
  const spans = split(folds, whole);
  const timeMs = spans.reduce((sum, span) => sum + (span.kind === 'time' ? span.to - span.from : 0), 0) || 1;
  const share = 100 - folds.length * foldWidth;
  let left = 0;
  const segments = spans.map((span): Segment => {
    const width = span.kind === 'fold' ? foldWidth : ((span.to - span.from) / timeMs) * share;
    const segment = { ...span, left, width };
    left += width;
    return segment;
  });
  return { segments, ticks: ticksOf(segments, foldText) };
}

/** Where a point in time lies on the axis, in percent from the left. */
export function placeOf(axis: Axis, at: number): number {
  const { segments } = axis;
  const segment = segments.find((each) => at <= each.to) ?? segments.at(-1);
  if (!segment) return 0;
  const length = segment.to - segment.from || 1;
  const within = Math.min(1, Math.max(0, (at - segment.from) / length));
  return segment.left + within * segment.width;
}

function merge(busy: readonly Span[], whole: Span): Span[] {
  const merged: Span[] = [];
  for (const span of busy.toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(whole.from, span.from);
    const to = Math.min(whole.to, span.to);
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else if (to >= from) merged.push({ from, to });
  }
  return merged;
}

function pausesOf(merged: readonly Span[], whole: Span): Span[] {
  const edges = [whole.from, ...merged.flatMap((span) => [span.from, span.to]), whole.to];
  const pauses: Span[] = [];
  for (let at = 0; at + 1 < edges.length; at += 2) {
    const [from = 0, to = 0] = [edges[at], edges[at + 1]];
    if (to > from) pauses.push({ from, to });
  }
  return pauses;
}

function split(folds: readonly Span[], whole: Span): (Span & { kind: Segment['kind'] })[] {
  const spans: (Span & { kind: Segment['kind'] })[] = [];
  let at = whole.from;
  for (const fold of folds) {
    if (fold.from > at) spans.push({ kind: 'time', from: at, to: fold.from });
    spans.push({ kind: 'fold', ...fold });
    at = fold.to;
  }
  if (at < whole.to || spans.length === 0) spans.push({ kind: 'time', from: at, to: whole.to });
  return spans;
}

function ticksOf(segments: readonly Segment[], foldText: (ms: number) => string): Tick[] {
  return segments.flatMap((segment, index): Tick[] => {
    if (segment.kind === 'fold') return [];
    const seconds = (segment.to - segment.from) / 1_000;
    const wanted = Math.max(1, Math.floor(segment.width / 16));
    const step = steps.find((each) => seconds / each <= wanted) ?? 172_800;
    const after = index > 0;
    if (after && segment.width < 20) return [{ left: segment.left, text: `+${foldText(segment.to - segment.from)}` }];
    const count = Math.floor(seconds / step);
    return Array.from({ length: count + 1 }, (_, tick) => tick * step)
      .filter((second) => second / seconds <= 0.95 || second === 0)
      .map((second) => ({
        left: segment.left + (seconds === 0 ? 0 : (second / seconds) * segment.width),
        text: `${after ? '+' : ''}${tickText(second)}`,
      }));
  });
}

/** `0 s`, `10 s`, `2 min`, `3 h`, `2 d`. */
function tickText(seconds: number): string {
  if (seconds < 1 && seconds > 0) return `${Number(seconds.toFixed(2))} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 6) / 10} min`;
  if (seconds < 86_400) return `${Math.round(seconds / 360) / 10} h`;
  return `${Math.round(seconds / 8_640) / 10} d`;
}

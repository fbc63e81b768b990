/** What the bench watches inside a page, the same way in the editor and on the bare page. Runs before the page's own scripts. */
export type Probe = {
  /** Milliseconds since the navigation began when every node in view was drawn, and when the first press of the pointer was answered. */
  opened: { drawnMs: number | null; answeredMs: number | null };
  /** `watch` counts the recordings: one that is over ends at its next frame, also where another has begun. */
  frames: { at: number[]; longTasks: { at: number; ms: number }[]; on: boolean; watch: number };
};
export type Probed = typeof globalThis & { sgProbe: Probe; sgDrawn?: (point: { x: number; y: number }) => void };
export type Expected = { nodes: number };

/** Installs the probe. `nodes`: how many are in view once everything is drawn; 0: do not look. */
export function installProbe({ nodes }: Expected): void {
  const scope = globalThis as Probed;
  const probe: Probe = {
    opened: { drawnMs: null, answeredMs: null },
    frames: { at: [], longTasks: [], on: false, watch: 0 },
  };
  scope.sgProbe = probe;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      if (probe.frames.on) probe.frames.longTasks.push({ at: startTime, ms: duration });
  }).observe({ entryTypes: ['longtask'] });

  const zoom = () => {
    const viewport = document.querySelector<HTMLElement>('.react-flow__viewport');
    return viewport ? new DOMMatrix(viewport.style.transform).a : 1;
  };
  /** All of it is there, at the zoom at which all of it can be seen. */
  const drawn = () =>
    zoom() < 0.5 &&
    document.getElementsByClassName('react-flow__node').length >= nodes &&
    document.querySelector('.react-flow__node[style*="visibility: hidden"]') === null;
  const inTheMiddle = () => {
    const { x, y, width, height } = (document.querySelector('.react-flow') as Element).getBoundingClientRect();
    const [cx, cy] = [x + width / 2, y + height / 2];
    let best = { x: cx, y: cy, far: Number.POSITIVE_INFINITY };
    for (const element of document.querySelectorAll('.react-flow__node')) {
      const box = element.getBoundingClientRect();
      const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const far = Math.hypot(at.x - cx, at.y - cy);
      if (far < best.far) best = { ...at, far };
    }
    return { x: best.x, y: best.y };
  };
  const watchOpening = () => {
    if (probe.opened.drawnMs === null) {
      if (drawn()) {
        probe.opened.drawnMs = performance.now();
        scope.sgDrawn?.(inTheMiddle());
      }
    } else if (document.querySelector('.react-flow__node.selected')) {
      // Seen before this frame is painted: the answer is on the screen with the next one.
      requestAnimationFrame(() => {
        probe.opened.answeredMs = performance.now();
      });
      return;
    }
    requestAnimationFrame(watchOpening);
  };
  if (nodes > 0) requestAnimationFrame(watchOpening);
}

/** Runs in the page: notes every animation frame from now on. */
export function startFrames(): void {
  const { frames } = (globalThis as Probed).sgProbe;
  frames.at = [];
  frames.longTasks = [];
  frames.on = true;
  frames.watch += 1;
  const { watch } = frames;
  const note = () => {
    if (!frames.on || frames.watch !== watch) return;
    frames.at.push(performance.now());
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}

/** Runs in the page: ends what `startFrames` began. */
export function stopFrames(): { deltas: number[]; longTasks: number[] } {
  const { frames } = (globalThis as Probed).sgProbe;
  frames.on = false;
  const deltas = frames.at.slice(1).map((at, i) => at - (frames.at[i] as number));
  return { deltas, longTasks: frames.longTasks.map(({ ms }) => ms) };
}

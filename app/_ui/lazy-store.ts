/** How it stands with a part that is fetched: asked for by nobody, on its way, here, or not to be had for now. */
export type LazyState<Part> = { is: 'idle' } | { is: 'coming' } | { is: 'here'; part: Part } | { is: 'away' };

/** Fetches one part, and goes on trying for as long as somebody wants it. */
export type LazyStore<Part> = {
  state: () => LazyState<Part>;
  /** Fetches it, unless it is here or on its way. Never fails: what comes of it is the state. */
  fetch: () => Promise<void>;
  /** Wants it: fetches it, and where it is away again and again. Answers how to want it no more. */
  want: (onChange: () => void) => () => void;
};

/** What a part is fetched with, and what is known of the network. */
export type LazyWorld = {
  online: () => boolean;
  /** Calls when the network is back. Answers how to end that. */
  onOnline: (back: () => void) => () => void;
  /** Gives up requests that went out and were never answered, so that the next try makes new ones. */
  giveUpStuck: () => void;
};

/** What is not here by then is told as away; it still counts when it comes. */
export const patienceMs = 4_000;
const againMs = [2_000, 4_000, 8_000, 15_000];

/** Stores that are away and wanted. */
const missing = new Set<() => void>();

/** Tries again now whatever is missing. */
export function fetchMissing(): void {
  for (const again of missing) again();
}

/** A store for one part. `load` may be called again and again until it brings the part; it is told as away after `patienceMs`. */
export function lazyStore<Part>(load: () => Promise<Part>, world: LazyWorld): LazyStore<Part> {
  let state: LazyState<Part> = { is: 'idle' };
  let under: Promise<void> | null = null;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let endOnline: (() => void) | null = null;
  const wanting = new Set<() => void>();

  const set = (next: LazyState<Part>) => {
    const changed = next.is !== state.is;
    state = next;
    if (next.is === 'here') rest();
    if (changed) for (const tell of wanting) tell();
  };
  const fetch = (): Promise<void> => {
    if (state.is === 'here') return Promise.resolve();
    if (under) return under;
    if (state.is === 'idle') set({ is: 'coming' });
    const late = setTimeout(() => fail(null), patienceMs);
    const mine: Promise<void> = load()
      .then(
        (part) => set({ is: 'here', part }),
        () => fail(mine),
      )
      .finally(() => clearTimeout(late));
    under = mine;
    return mine;
  };
  /** `which` has failed; null: it is too late already, and still under way. */
  const fail = (which: Promise<void> | null) => {
    if (state.is === 'here') return;
    if (which === under) under = null;
    set({ is: 'away' });
    if (wanting.size > 0) soon();
  };
  const again = () => {
    if (state.is !== 'away') return;
    if (under) world.giveUpStuck();
    under = null;
    void fetch();
  };
  const soon = () => {
    missing.add(again);
    endOnline ??= world.onOnline(() => {
      tries = 0;
      again();
    });
    clearTimeout(timer);
    // Without a network nothing comes; that it is back is told. What is under way is given its time.
    const due = () => world.online() && (under === null || tries >= againMs.length);
    timer = setTimeout(() => (due() ? again() : soon()), againMs[Math.min(tries, againMs.length - 1)]);
    tries += 1;
  };
  const rest = () => {
    clearTimeout(timer);
    endOnline?.();
    endOnline = null;
    missing.delete(again);
  };
  return {
    state: () => state,
    fetch,
    want(onChange) {
      wanting.add(onChange);
      if (state.is === 'away') soon();
      void fetch();
      return () => {
        wanting.delete(onChange);
        if (wanting.size === 0) rest();
      };
    },
  };
}

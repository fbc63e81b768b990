/** What travels together: a request waits only while an earlier group is under way, never for a clock. */
export type Group<I, O> = {
  add: (item: I) => Promise<O>;
  /** Resolves when nothing is waiting or under way. */
  idle: () => Promise<void>;
};

type Waiting<I, O> = { item: I; resolve: (answer: O) => void; reject: (error: unknown) => void };

type Options<I, O> = {
  /** Handles a group; its answers are in the order of the items. */
  flush: (items: I[]) => Promise<O[]>;
  /** Items in one group at most. */
  most: number;
  /** Groups under way at the same time. */
  lanes: number;
  /** Whether a group that failed may succeed in parts: then each of its items is tried alone, so that one does not poison the others. */
  divide?: (error: unknown) => boolean;
};

/**
 * Groups requests that are ready together (group commit, cf. DeWitt et al. 1984). An idle group starts at the end of the
 * current turn of the event loop; while its lanes are taken, what arrives gathers.
 */
export function createGroup<I, O>({ flush, most, lanes, divide = () => false }: Options<I, O>): Group<I, O> {
  let queue: Waiting<I, O>[] = [];
  let taken = 0;
  let scheduled = false;
  const whenIdle: (() => void)[] = [];

  const settle = async (group: Waiting<I, O>[]): Promise<void> => {
    try {
      const answers = await flush(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(answers[index] as O);
    } catch (error) {
      if (group.length > 1 && divide(error)) for (const one of group) await settle([one]);
      else for (const { reject } of group) reject(error);
    }
  };
  const start = (): void => {
    scheduled = false;
    while (queue.length > 0 && taken < lanes) {
      const group = queue.slice(0, most);
      queue = queue.slice(most);
      taken += 1;
      void settle(group).then(() => {
        taken -= 1;
        if (queue.length > 0) start();
        else if (taken === 0) for (const told of whenIdle.splice(0)) told();
      });
    }
  };

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        if (scheduled || taken >= lanes) return;
        scheduled = true;
        setImmediate(start);
      }),
    idle: () =>
      queue.length === 0 && taken === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve)),
  };
}

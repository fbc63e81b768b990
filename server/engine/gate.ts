import { NodeError } from '#nodes/core/errors.ts';

/** Lets so many in at once; the others wait in the order in which they came. */
export type Gate = {
  through: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets nobody in any more: those that wait, and those that come, fail with CANCELLED. Those inside may finish. */
  close: () => void;
};

export function createGate(places: number): Gate {
  let free = places;
  let closed = false;
  const waiting: { enter: () => void; refuse: (error: Error) => void }[] = [];
  const refusal = (): Error =>
    new NodeError('CANCELLED', 'The worker stops before the step began.', { happened: 'no' });
  return {
    async through(work) {
      if (closed) throw refusal();
      if (free > 0) free -= 1;
      else await new Promise<void>((enter, refuse) => waiting.push({ enter, refuse }));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next.enter();
        else free += 1;
      }
    },
    close() {
      closed = true;
      for (const { refuse } of waiting.splice(0)) refuse(refusal());
    },
  };
}

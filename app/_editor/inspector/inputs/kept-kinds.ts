import type { ResolvedBinding } from '#nodes/core/graph.ts';
import { convertBinding, type WrittenKind } from './binding.ts';

/** What was written in each way in which an input can be given, so that coming back finds it. */
export type KeptKinds = {
  /** What to bind when the way changes from that of `binding`. Null: the field begins empty. */
  change: (binding: ResolvedBinding | undefined, to: WrittenKind) => ResolvedBinding | null;
};

/** Remembers what stood in each way of one input for as long as the input is on the screen. */
export function createKeptKinds(): KeptKinds {
  const kept = new Map<WrittenKind, ResolvedBinding>();
  let arrived: string | null = null;
  return {
    change(binding, to) {
      const edited = arrived === null || JSON.stringify(binding ?? null) !== arrived;
      const known = kept.get(to) ?? null;
      const converted = convertBinding(binding, to);
      // What was edited since is carried over; what was only looked at gives way to what stood here before.
      const next = edited ? (converted ?? known) : (known ?? converted);
      if (binding) kept.set(binding.kind, binding);
      arrived = JSON.stringify(next);
      return next;
    },
  };
}

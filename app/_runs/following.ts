import { applyRunEvents, type LiveRun, liveRun } from '#app/_canvas/run-state.ts';
import type { LiveMessage, RunEvent } from '#server/live/types.ts';
import type { RunDetail } from '#server/runs/types.ts';

/** A run that is followed: how it stands, and its newest events, to be applied again to a fresher state. */
export type Following = { run: LiveRun; recent: readonly RunEvent[] };

/** Events kept; a fresher state arrives long before so many have passed. */
const keptEvents = 5_000;

/** The run after a message of the live stream; messages of other runs change nothing. */
export function follow(before: Following | null, message: LiveMessage, runId: string): Following | null {
  switch (message.kind) {
    case 'snapshot': {
      const told = message.runs.find((run) => run.id === runId);
      if (!told || (before && before.run.seq > told.seq)) return before;
      const { nodes, seq, open, ...row } = told;
      return { run: liveRun(row, { nodes, seq, open }), recent: [] };
    }
    case 'said':
      return before;
    case 'events': {
      if (!before || message.runId !== runId) return before;
      const recent = [...before.recent, ...message.events].slice(-keptEvents);
      return { run: applyRunEvents(before.run, message.events), recent };
    }
  }
}

/**
 * The run on the ground of what the server counted: events do not name every step's earlier state, so counts that are
 * kept by events alone drift. Where events between the two are missing, nothing changes.
 */
export function rebase(before: Following | null, fetched: RunDetail): Following | null {
  if (!before) return null;
  const recent = before.recent.filter((event) => event.seq > fetched.seq);
  const complete = before.run.seq <= fetched.seq || recent[0]?.seq === fetched.seq + 1;
  if (!complete) return before;
  const { graph, input, output, seq, nodes, open, programHash, keptInOutbox, lineage, ...row } = fetched;
  return { run: applyRunEvents(liveRun(row, { nodes, seq, open }), recent), recent };
}

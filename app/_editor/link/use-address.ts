'use client';
import { useEffect } from 'react';
import { toFailure } from '#app/_api/failure.ts';
import { useTRPCClient } from '#app/_api/trpc.ts';
import { sayFailed } from '#app/_ui/toaster.tsx';
import { reveal } from '../session/actions.ts';
import { useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import { readAddress, writeAddress } from './address.ts';

type Client = ReturnType<typeof useTRPCClient>;

/**
 * Opens what the address names, and keeps the address naming what is looked at. Written past Next's router: nothing
 * navigates and nothing renders for it.
 */
export function useAddress(): void {
  const session = useSession();
  const client = useTRPCClient();
  useEffect(() => {
    const named = readAddress(window.location.search);
    let left = false;
    let stop = () => {};
    void openNamed(session, client, named).finally(() => {
      if (!left) stop = keep(session);
    });
    return () => {
      left = true;
      stop();
    };
  }, [session, client]);
}

async function openNamed(session: EditorSession, client: Client, named: ReturnType<typeof readAddress>): Promise<void> {
  const { projectId, pipelineId } = session;
  if (named.unread !== null)
    sayFailed('No such run', `The address names "${named.unread}", which is no run. One is called R-12.`);
  if (named.run !== null) {
    try {
      const { runId, newest } = await client.runs.find.query({ projectId, pipelineId, ref: named.run });
      // Whoever opens the newest run goes on following; an older one was meant.
      if (!newest) session.live.follow(false);
      session.live.choose(runId);
    } catch (error) {
      const { code, message, todo } = toFailure(error);
      if (code === 'NOT_FOUND')
        sayFailed(`No run R-${named.run}`, 'This pipeline has no run of that number. The draft is shown.');
      else sayFailed('The run is not shown', `${message} ${todo}`);
    }
  }
  if (named.node === null) return;
  const known = session.document.store.getState().graph.nodes.some(({ id }) => id === named.node);
  if (known) reveal(session, named.node);
  else sayFailed('No such node', `The draft has no node "${named.node}" any more.`);
}

/** Writes the address whenever another run or node is looked at. Answers how to end that. */
function keep(session: EditorSession): () => void {
  const write = () => {
    // What lies over the editor, as its history does, has an address of its own.
    if (!window.location.pathname.endsWith(session.pipelineId)) return;
    const { chosen, runs } = session.live.store.getState();
    const { nodes } = session.ui.getState().selection;
    const run = runs.get(chosen ?? '')?.row.ref ?? null;
    const node = nodes.length === 1 ? (nodes[0] ?? null) : null;
    const search = writeAddress(window.location.search, { run, node });
    if (search === window.location.search) return;
    const address = `${window.location.pathname}${search}${window.location.hash}`;
    // The instance's own method is Next's, which renders the page anew.
    History.prototype.replaceState.call(window.history, window.history.state, '', address);
  };
  write();
  const stops = [
    session.live.store.subscribe((state, before) => {
      if (state.chosen !== before.chosen || state.runs !== before.runs) write();
    }),
    session.ui.subscribe((state, before) => {
      if (state.selection !== before.selection) write();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

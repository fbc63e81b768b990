import { z } from 'zod';
import { type Listener, listen } from '#server/db/listen.ts';
import type { Engine } from './advance.ts';

const notice = z.object({ kind: z.literal('cancel'), runId: z.string() });

/**
 * Stops the steps of a run in this process at once when it is cancelled anywhere. A notice that is lost costs time only:
 * the commits of a cancelled run are refused.
 */
export async function listenForControl(
  engine: Pick<Engine, 'running'>,
  onError: (error: Error) => void,
): Promise<Listener> {
  return await listen(['solograph_control'], {
    onError,
    onNotice(payload) {
      const runId = cancelledRun(payload);
      if (runId === null) return onError(new Error(`Not a control notice: ${payload}`));
      for (const step of engine.running.values()) if (step.runId === runId) step.abort.abort();
    },
  });
}

function cancelledRun(payload: string): string | null {
  try {
    return notice.parse(JSON.parse(payload)).runId;
  } catch {
    // Anybody who may notify on this database can send anything: the caller says so.
    return null;
  }
}

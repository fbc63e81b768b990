import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from '#server/db/pool.ts';
import { answerTask } from '#server/inbox/answer-task.ts';
import { decideTask } from '#server/inbox/decide-task.ts';
import type { Rig } from './rig/rig.ts';

/** Somebody who looks into the inbox and decides at once, as the truth of the outside is. */
export type Operator = {
  /** What went wrong: one proposal taken twice. */
  problems: string[];
  /** How often it was asked whether something happened. */
  asked: () => number;
  stop: () => Promise<void>;
};

type Open = { id: string; token: string; kind: string; key: string | null };

const lookMs = 80;

/** Starts to look after the inbox. */
export function openOperator({ scope, ledger }: Rig): Operator {
  const problems: string[] = [];
  let asked = 0;
  let stopping = false;

  async function settle({ id, token, kind, key }: Open): Promise<void> {
    if (kind === 'approval') {
      const approve = () => decideTask(scope, { taskId: id, token, decision: 'approve' });
      const twice = await Promise.allSettled([approve(), approve()]);
      if (twice.every(({ status }) => status === 'fulfilled')) problems.push(`task ${id} was approved twice`);
    } else if (kind === 'decision' && key !== null) {
      asked += 1;
      await answerTask(scope, { taskId: id, token, answer: ledger.countOf(key) > 0 ? 'happened' : 'repeat' });
    }
  }

  async function look(): Promise<void> {
    const { rows } = await pool().query<Open>(
      `select id, token, kind, request->>'effectKey' as key from task where status = 'open'`,
    );
    await Promise.allSettled(rows.map(settle));
  }

  const looking = (async () => {
    while (!stopping) {
      // The database may be away; what is open is still there at the next look.
      await look().catch(() => undefined);
      await sleep(lookMs);
    }
  })();
  return {
    problems,
    asked: () => asked,
    async stop() {
      stopping = true;
      await looking;
    },
  };
}

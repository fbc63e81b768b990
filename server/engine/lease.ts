import type { Pool } from 'pg';
import { leaseMs } from './timing.ts';

/** What a worker knows of its own lease. */
export type Lease = {
  /** One heartbeat. False: this worker has been declared dead. */
  beat: () => Promise<boolean>;
  /**
   * Whether this worker may begin something. A process that stood still for long finds its last heartbeat old and asks
   * the database first: others may have taken its steps meanwhile.
   */
  holds: () => Promise<boolean>;
  /** Something went amiss, so the database may believe that this worker serves steps of which it does not know. */
  doubt: () => void;
  /** Whether there was reason to look for such steps lately. */
  inDoubt: () => boolean;
};

type Options = { pool: Pool; workerId: string; graphileIds: readonly string[]; onLost: (reason: string) => void };

/** The lease of a worker. `onLost` is called when it is found to be dead: the process must end. */
export function createLease({ pool, workerId, graphileIds, onLost }: Options): Lease {
  let beatAt = performance.now();
  let doubtAt = Number.NEGATIVE_INFINITY;

  const beat = async (): Promise<boolean> => {
    const askedAt = performance.now();
    const { rowCount } = await pool.query(
      'update worker set heartbeat_at = now(), graphile_ids = $2 where id = $1 and dead_at is null',
      [workerId, graphileIds],
    );
    if (rowCount === 1) beatAt = askedAt;
    else onLost('other workers declared this one dead');
    return rowCount === 1;
  };
  return {
    beat,
    holds: async () => performance.now() - beatAt < leaseMs / 2 || (await beat()),
    doubt: () => {
      doubtAt = performance.now();
    },
    inDoubt: () => performance.now() - doubtAt < leaseMs,
  };
}

import type { Pool } from 'pg';
import { z } from 'zod';
import { parseSettings, type Retention } from '#server/projects/settings.ts';
import { type Batch, inBatches } from './in-batches.ts';
import { pruneHousekeeping } from './prune-housekeeping.ts';

/** Values above this size are pruned: about where Postgres begins to keep them apart from their row. */
export const largeValueBytes = 2_000;

export type Pruned = {
  projectId: string;
  project: string;
  retention: Retention | null;
  /** Runs whose events went, and how many events that were. */
  eventRuns: number;
  events: number;
  /** Runs that were looked through for large values, how many values went, and their bytes. */
  valueRuns: number;
  values: number;
  valueBytes: number;
  inboxEvents: number;
};
export type RetentionReport = {
  dryRun: boolean;
  projects: Pruned[];
  workers: number;
  /** Time was up before everything was done: the next round goes on. */
  more: boolean;
};

export type RetentionOptions = {
  /** Counts what would go and removes nothing. */
  dryRun?: boolean;
  /** Begins no further batch after this time. */
  limitMs?: number;
  /** Asked before each batch. */
  mayGoOn?: () => boolean;
};

const batch = z.object({ runs: z.number(), last: z.string().nullable() });
const eventsBatch = batch.extend({ events: z.number() });
const valuesBatch = batch.extend({ values: z.number(), bytes: z.number() });

/**
 * Removes what the policy of each project no longer keeps of runs that ended long ago, in small transactions that wait
 * for nobody and for which nobody waits. Audit, spend, effects, tasks and their decisions are never touched.
 */
export async function applyRetention(db: Pool, options: RetentionOptions = {}): Promise<RetentionReport> {
  const { dryRun = false, limitMs = 60_000 } = options;
  const endsAt = performance.now() + limitMs;
  const mayGoOn = (): boolean => performance.now() < endsAt && (options.mayGoOn?.() ?? true);
  const { rows } = await db.query<{ id: string; name: string; settings: unknown }>(
    'select id, name, settings from project order by id',
  );
  const report: RetentionReport = { dryRun, projects: [], workers: 0, more: false };
  for (const { id, name, settings } of rows) {
    const { retention } = parseSettings(settings);
    const none = { eventRuns: 0, events: 0, valueRuns: 0, values: 0, valueBytes: 0, inboxEvents: 0 };
    const pruned: Pruned = { projectId: id, project: name, retention, ...none };
    report.projects.push(pruned);
    if (!retention) continue;
    const events = await inBatches({ mayGoOn }, (at) => pruneEvents(db, { pruned, retention, dryRun }, at));
    const values = await inBatches({ mayGoOn }, (at) => pruneValues(db, { pruned, retention, dryRun }, at));
    if (!events.all || !values.all) report.more = true;
    const kept = await pruneHousekeeping(db, { projectId: id, days: retention.eventsDays, dryRun });
    pruned.inboxEvents = kept.inboxEvents;
  }
  report.workers = await forgetWorkers(db, dryRun);
  return report;
}

type Pruning = { pruned: Pruned; retention: Retention; dryRun: boolean };
type At = { after: string; limit: number };

async function pruneEvents(db: Pool, { pruned, retention, dryRun }: Pruning, { after, limit }: At): Promise<Batch> {
  const { rows } = await db.query<{ b: unknown }>(
    'select sg_prune_events($1, now() - make_interval(days => $2), $3, $4, $5) as b',
    [pruned.projectId, retention.eventsDays, after, limit, dryRun],
  );
  const done = eventsBatch.parse(rows[0]?.b);
  pruned.eventRuns += done.runs;
  pruned.events += done.events;
  return done;
}

async function pruneValues(db: Pool, { pruned, retention, dryRun }: Pruning, { after, limit }: At): Promise<Batch> {
  const { rows } = await db.query<{ b: unknown }>(
    'select sg_prune_values($1, now() - make_interval(days => $2), $3, $4, $5, $6) as b',
    [pruned.projectId, retention.valuesDays, after, limit, largeValueBytes, dryRun],
  );
  const done = valuesBatch.parse(rows[0]?.b);
  pruned.valueRuns += done.runs;
  pruned.values += done.values;
  pruned.valueBytes += done.bytes;
  return done;
}

/** Workers that ended longer than 30 days ago and to which nothing refers any more. */
async function forgetWorkers(db: Pool, dryRun: boolean): Promise<number> {
  const old = `coalesce(stopped_at, dead_at) < now() - interval '30 days'`;
  if (!dryRun) return (await db.query(`delete from worker where ${old}`)).rowCount ?? 0;
  return (await db.query<{ n: number }>(`select count(*)::int as n from worker where ${old}`)).rows[0]?.n ?? 0;
}

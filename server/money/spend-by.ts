import { z } from 'zod';
import { type query, readConsistently } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scoped.ts';
import { itemLabels } from '#server/runs/item-labels.ts';
import { firstLookedAt, markAnomalies, moversOf, shownFrom } from './spend-course.ts';
import { dimensionSql, type SpendDimension, spendDimensions } from './spend-dimensions.ts';
import type { SpendPart, SpendReport } from './types.ts';

const day = z.iso.date();
export const spendBySchema = z.object({
  by: z.enum(spendDimensions).default('pipeline'),
  /** First and last day, both included, in the time zone of the server. */
  from: day,
  to: day,
  per: z.enum(['day', 'week', 'month']).default('day'),
  pipelineId: z.uuid().nullable().default(null),
});
export type SpendBy = z.output<typeof spendBySchema>;

type Read = typeof query;
type Row = Omit<SpendPart, 'previousMicros' | 'share'> & { sort: number };

/** More groups than this are told as "all others", so that the sum stays whole. */
const mostParts = 200;

/**
 * What was spent from one day to another by one dimension, over time, against what was expected and against as many days
 * before. The parts sum up to the whole to the micro-dollar.
 */
export async function spendBy(scope: Scope, asked: SpendBy): Promise<SpendReport> {
  return await readConsistently(async (read) => {
    const [parts, before, course] = [
      await partsOf(read, scope, asked),
      await partsOf(read, scope, { ...asked, ...daysBefore(asked) }),
      await courseOf(read, scope, { ...asked, from: firstLookedAt(asked.from, asked.per) }),
    ];
    const previous = new Map(before.map(({ key, micros }) => [key, micros]));
    const totalMicros = parts.reduce((sum, { micros }) => sum + micros, 0);
    const whole: SpendPart[] = parts.map(({ sort: _, ...part }) => ({
      ...part,
      share: totalMicros === 0 ? 0 : part.micros / totalMicros,
      previousMicros: previous.get(part.key) ?? 0,
    }));
    return {
      by: asked.by,
      totalMicros,
      calls: parts.reduce((sum, { calls }) => sum + calls, 0),
      unpricedCalls: parts.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0),
      previousMicros: before.reduce((sum, { micros }) => sum + micros, 0),
      parts: topOf(whole),
      course: shownFrom(markAnomalies(course), asked.from),
      movers: moversOf(whole, before),
      calibration: await calibrationOf(read, scope, asked),
    };
  });
}

const whereSql = `s.project_id = $1 and s.at >= ($2::date)::timestamp at time zone $4 and s.at < ($3::date + 1)::timestamp at time zone $4
  and ($5::uuid is null or s.pipeline_id = $5)`;

const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function paramsOf(scope: Scope, { from, to, pipelineId }: Pick<SpendBy, 'from' | 'to' | 'pipelineId'>): unknown[] {
  return [scope.projectId, from, to, timeZone(), pipelineId];
}

async function partsOf(read: Read, scope: Scope, asked: SpendBy): Promise<Row[]> {
  const { key, title } = dimensionSql[asked.by];
  const rows = await read<Row>(
    `select k as key, ${title} as title, micros::float8, calls, "unpricedCalls", "expectedMicros"::float8, "comparedMicros"::float8, "inBand", compared, micros::float8 as sort
       from (select ${key} as k, sum(s.cost_micros) as micros, count(*)::int as calls, count(*) filter (where s.price_id is null)::int as "unpricedCalls",
                    coalesce(sum(s.estimate_p50_micros), 0) as "expectedMicros",
                    coalesce(sum(s.cost_micros) filter (where s.estimate_p50_micros is not null), 0) as "comparedMicros",
                    count(s.estimate_p50_micros)::int as compared,
                    count(*) filter (where s.cost_micros between 2 * s.estimate_p50_micros - s.estimate_p90_micros and s.estimate_p90_micros)::int as "inBand",
                    max(s.id) as last
               from spend s where ${whereSql} group by 1) g
       join spend w on w.id = g.last order by micros desc, k`,
    paramsOf(scope, asked),
  );
  return asked.by === 'label' ? await byLabel(read, rows) : rows;
}

/** Puts the items together that are called the same. */
async function byLabel(read: Read, rows: Row[]): Promise<Row[]> {
  const at = ({ key }: Row) => ({ runId: key.slice(0, key.indexOf(' ')), path: key.slice(key.indexOf(' ') + 1) });
  const labels = await itemLabels(read, rows.map(at));
  const together = new Map<string, Row>();
  for (const row of rows) {
    const key = labels(at(row));
    const known = together.get(key);
    together.set(key, known ? sumOf(known, row) : { ...row, key, title: key || 'not an item of a list' });
  }
  return [...together.values()].sort((a, b) => b.micros - a.micros || a.key.localeCompare(b.key));
}

const summed = ['micros', 'calls', 'unpricedCalls', 'expectedMicros', 'comparedMicros', 'inBand', 'compared'] as const;

function sumOf<Part extends Pick<Row, (typeof summed)[number]>>(a: Part, b: Part): Part {
  return { ...a, ...Object.fromEntries(summed.map((name) => [name, a[name] + b[name]])) };
}

function topOf(parts: SpendPart[]): SpendPart[] {
  if (parts.length <= mostParts) return parts;
  const others = parts.slice(mostParts - 1).reduce((sum, part) => ({
    ...sumOf(sum, part),
    share: sum.share + part.share,
    previousMicros: sum.previousMicros + part.previousMicros,
  }));
  const title = `${parts.length - mostParts + 1} others`;
  return [...parts.slice(0, mostParts - 1), { ...others, key: '*', title }];
}

async function courseOf(read: Read, scope: Scope, asked: SpendBy): Promise<{ from: string; micros: number }[]> {
  return await read<{ from: string; micros: number }>(
    `with step as (select ('1 ' || $6::text)::interval as one),
          buckets as (select b from step, generate_series(date_trunc($6::text, $2::date::timestamp), $3::date::timestamp, one) b)
     select to_char(b, 'YYYY-MM-DD') as from, coalesce(x.micros, 0)::float8 as micros
       from buckets left join (
         select date_trunc($6::text, s.at at time zone $4) as b, sum(s.cost_micros) as micros from spend s where ${whereSql} group by 1) x using (b)
      order by b`,
    [...paramsOf(scope, asked), asked.per],
  );
}

async function calibrationOf(read: Read, scope: Scope, asked: SpendBy): Promise<SpendReport['calibration']> {
  const [row] = await read<NonNullable<SpendReport['calibration']>>(
    `select count(*)::int as calls, sum(s.estimate_p50_micros)::float8 as "expectedMicros", sum(s.cost_micros)::float8 as "actualMicros",
            count(*) filter (where s.cost_micros between 2 * s.estimate_p50_micros - s.estimate_p90_micros and s.estimate_p90_micros)::int as "inBand",
            count(*) filter (where s.cost_micros <= s.estimate_p90_micros)::int as "belowP90"
       from spend s where ${whereSql} and s.estimate_p50_micros is not null`,
    paramsOf(scope, asked),
  );
  return row && row.calls > 0 ? row : null;
}

const dayMs = 86_400_000;

/** As many days, right before. */
export function daysBefore({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const text = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  return { from: text(first - (last - first) - dayMs), to: text(first - dayMs) };
}

export type { SpendDimension };

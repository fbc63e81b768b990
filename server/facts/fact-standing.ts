import type { FactRow } from './types.ts';

/** How a remembered fact stands now, and what took its place. Times are epoch milliseconds. */
export type FactStanding = {
  status: FactRow['status'];
  validFrom: number;
  validTo: number | null;
  /** What superseded it (from then on) or put it right (since when); null: nothing did. */
  next: { object: string | null; at: number } | null;
};

/** SQL: the standing of the fact by which recall finds the item `item`, or null where the item is none. */
export const factStandingSql = (item: string): string => `(
  select jsonb_build_object(
           'status', case when c.id is not null then 'corrected' when f.valid_from > now() then 'coming' when n.id is not null then 'superseded'
                          when f.object is null or f.valid_to <= now() then 'over' else 'current' end,
           'validFrom', ${ms('f.valid_from')}, 'validTo', ${ms('f.valid_to')},
           'next', case when c.id is not null then jsonb_build_object('object', c.object, 'at', ${ms('c.created_at')})
                        when n.id is not null then jsonb_build_object('object', n.object, 'at', ${ms('n.valid_from')}) end)
    from fact f left join fact c on c.corrects = f.id
    left join lateral (
      select n.id, n.object, n.valid_from from fact n
       where n.project_id = f.project_id and n.topic = f.topic and n.valid_from <= now() and (n.valid_from, n.seq) > (f.valid_from, f.seq)
         and not exists (select from fact w where w.corrects = n.id) order by n.valid_from, n.seq limit 1) n on true
   where f.item_id = ${item} order by f.seq desc limit 1)`;

function ms(column: string): string {
  return `floor(extract(epoch from ${column}) * 1000)`;
}

'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Moment } from '#app/_ui/time.tsx';
import { goneText } from './gone-text.ts';

/** What was forgotten: how much, when and by whom. What it said is told nowhere. */
export function Forgotten() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const { data } = useQuery(trpc.memory.forgotten.queryOptions({ projectId }));
  if (!data || data.length === 0) return null;
  return (
    <section aria-label="Forgotten">
      <h2 className="px-6 pt-5 pb-1 font-semibold max-phone:px-4">Forgotten</h2>
      <ul aria-label="Forgotten">
        {data.map((row) => (
          <li
            key={row.id}
            className="flex flex-wrap items-baseline gap-x-2 border-b border-line px-6 py-1.5 text-12 max-phone:px-4"
          >
            <b className="font-medium">{row.what === 'entity' ? 'Everything about one entity' : 'Items'}</b>
            <span className="flex-1 text-fg-2">{goneText(row.counts)}</span>
            <span className="text-fg-3">{row.by === 'policy' ? 'by the policy' : `by ${row.by}`}</span>
            <Moment at={row.at} className="text-fg-3" />
          </li>
        ))}
      </ul>
    </section>
  );
}

'use client';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { ShowText } from '#app/_ui/show-text.ts';
import type { Json } from '#nodes/core/json.ts';
import { citationsIn } from '#nodes/core/model/citations.ts';
import type { NumberedSource } from '#server/lineage/list-sources.ts';
import { PassageLink } from './passage-link.tsx';

type Props = { runId: string; at: { state: string; path: string }; value: Json; children: ReactNode };

/** In the texts of a step's value, numbers such as [2] lead to the passages that they cite. */
export function CitedTexts({ runId, at, value, children }: Props) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const enabled = cites(value);
  const sources = useQuery(
    trpc.runs.sources.queryOptions({ projectId, runId, state: at.state, path: at.path }, { enabled }),
  );
  const { data } = sources;
  const show = useCallback((text: string) => withLinks(text, data ?? []), [data]);
  const cited = enabled && data !== undefined && data.length > 0;
  // Around the values in any case: they are not made anew when the passages are known, so the focus stays in them.
  return <ShowText value={cited ? show : null}>{children}</ShowText>;
}

function cites(value: Json): boolean {
  if (typeof value === 'string') return citationsIn(value).length > 0;
  return typeof value === 'object' && value !== null && Object.values(value).some(cites);
}

function withLinks(text: string, sources: readonly NumberedSource[]): ReactNode {
  const parts: ReactNode[] = [];
  let told = 0;
  for (const { start, end, numbers } of citationsIn(text)) {
    const cited = numbers.map((number) => ({ number, source: sources.find((one) => one.number === number) }));
    if (cited.every(({ source }) => !source)) continue;
    parts.push(text.slice(told, start));
    for (const { number, source } of cited)
      parts.push(source ? <Cited key={`${start}:${number}`} source={source} /> : `[${number}]`);
    told = end;
  }
  parts.push(text.slice(told));
  return parts;
}

function Cited({ source }: { source: NumberedSource }) {
  const { number, itemId, passageId, there, preview } = source;
  return (
    <PassageLink
      itemId={itemId}
      passageId={passageId}
      there={there}
      title={[source.source, preview?.slice(0, 200)].filter(Boolean).join(': ')}
      className="rounded-chip px-0.5 font-medium text-accent-text hover:underline"
    >
      [{number}]
    </PassageLink>
  );
}

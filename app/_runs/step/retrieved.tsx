'use client';
import { BookOpen, History } from 'lucide-react';
import type { ReactNode } from 'react';
import { Moment } from '#app/_ui/time.tsx';
import { Tooltip } from '#app/_ui/tooltip.tsx';
import type { MemoryHit } from '#nodes/core/capabilities.ts';

/** Memories that were found, each with its fused score and its rank in the vector and the text search. */
export function Retrieved({ hits, aside }: { hits: readonly MemoryHit[]; aside?: (hit: MemoryHit) => ReactNode }) {
  return (
    <ul>
      {hits.map((hit) => (
        <li key={hit.itemId} className="flex gap-2 py-[5px]">
          {hit.tier === 'episodic' ? (
            <History size={14} className="mt-px flex-none text-fg-3" aria-label="Episodic" />
          ) : (
            <BookOpen size={14} className="mt-px flex-none text-fg-3" aria-label="Knowledge" />
          )}
          <div className="min-w-0 flex-1">
            <div className="flex gap-1.5 text-12 font-medium">
              <span className="truncate">
                {hit.source || hit.kind}, <Moment at={hit.at} />
              </span>
              {hit.untrusted && <span className="text-11 text-st-waiting">untrusted</span>}
            </div>
            <Tooltip text={<span className="whitespace-pre-wrap">{hit.text.slice(0, 600)}</span>} side="left">
              <div className="truncate text-11 text-fg-2">{hit.removed ? 'Removed by retention' : hit.text}</div>
            </Tooltip>
          </div>
          {aside?.(hit)}
          <Scores hit={hit} />
        </li>
      ))}
    </ul>
  );
}

/** `0.0325` over `v1 · t2`: the fused score, and the ranks; a dash where that search did not find it. */
export function Scores({ hit }: { hit: Pick<MemoryHit, 'score' | 'vectorRank' | 'textRank'> }) {
  const words = `Score ${hit.score.toFixed(4)}; vector search: ${rankWords(hit.vectorRank)}, text search: ${rankWords(hit.textRank)}`;
  return (
    <Tooltip text={words} side="left">
      <div className="w-12 flex-none text-right text-11 leading-4">
        <b className="block text-12 font-medium">{hit.score.toFixed(4)}</b>
        <span className="text-fg-3">
          v{hit.vectorRank ?? '–'} · t{hit.textRank ?? '–'}
        </span>
      </div>
    </Tooltip>
  );
}

function rankWords(rank: number | null): string {
  return rank === null ? 'not found' : `rank ${rank}`;
}

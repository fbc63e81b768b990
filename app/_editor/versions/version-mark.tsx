'use client';
import Link from 'next/link';
import { Badge } from '#app/_ui/badge.tsx';
import { plural } from '#app/_ui/format.ts';
import { Tooltip } from '#app/_ui/tooltip.tsx';
import { useSession } from '../session/context.ts';
import { countsOf } from './compare/changes.ts';
import { historyAddress, type Shown } from './refs.ts';
import type { DraftDifference } from './use-difference.ts';

/** Which version is published and whether the draft has moved on from it. Leads to what differs. */
export function VersionMark({ published, draft }: { published: number | null; draft: DraftDifference }) {
  const session = useSession();
  const differs = published !== null && draft !== null && draft.difference !== 'none';
  const shown: Shown = differs
    ? { kind: 'two', from: { kind: 'version', number: published }, to: { kind: 'draft' } }
    : { kind: 'list' };
  return (
    <Tooltip text={differs ? 'What differs, and the history' : 'The history'}>
      <Link
        href={historyAddress(session, shown)}
        className="flex min-w-0 flex-none gap-2 rounded-chip max-wide:gap-1 max-phone:min-h-11 max-phone:items-center"
      >
        <Badge tone="outline">
          {published === null ? 'Not published' : `v${published}`}
          {published !== null && <span className="max-wide:hidden">published</span>}
        </Badge>
        {differs && (
          <Badge tone={draft.difference === 'meaning' ? 'accent' : 'neutral'}>
            <span data-difference={draft.difference}>
              {wordsOf(draft)}
              <span className="max-wide:hidden">{moreOf(draft)}</span>
            </span>
          </Badge>
        )}
      </Link>
    </Tooltip>
  );
}

function wordsOf({ difference }: NonNullable<DraftDifference>): string {
  switch (difference) {
    case 'meaning':
      return 'Draft differs';
    case 'words':
      return 'Texts differ';
    case 'places':
      return 'Moved only';
    case 'none':
      return '';
  }
}

function moreOf({ difference, items }: NonNullable<DraftDifference>): string {
  if (difference === 'places') return ` · ${plural(countsOf(items).moved, 'place')}`;
  return ` · ${plural(items.filter(({ mark }) => mark !== 'moved').length, 'change')}`;
}

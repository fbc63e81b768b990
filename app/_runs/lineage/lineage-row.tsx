'use client';
import {
  BookmarkCheck,
  BookOpen,
  ChevronDown,
  ChevronRight,
  FileText,
  History,
  type LucideIcon,
  MessageSquareText,
  Pin,
  Play,
  Search,
  ShieldCheck,
  Sparkles,
  User,
} from 'lucide-react';
import Link from 'next/link';
import { useTo } from '#app/_shell/project.ts';
import { RehearsalBadge } from '#app/_ui/badge.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { cn } from '#app/_ui/cn.ts';
import { Money } from '#app/_ui/money.tsx';
import { Moment } from '#app/_ui/time.tsx';
import type { LineageEdge, LineageNode } from '#server/lineage/types.ts';
import type { RunDetail } from '#server/runs/types.ts';
import { PassageLink } from '../citations/passage-link.tsx';
import { faceOf, faceOfType } from '../node-face.ts';
import { Removed } from './removed.tsx';
import type { Row } from './tree.ts';
import { wordsOf } from './words.ts';

type Props = {
  row: Row;
  run: RunDetail;
  titleOf: (state: string) => string;
  /** The run that it is of, where that is another one. */
  otherRun: string | null;
  current: boolean;
  onFocus: () => void;
  onPoint: (on: boolean) => void;
  onTurn: () => void;
  onSelect: (at: { state: string; path: string }) => void;
};

/** One line of a lineage. */
export function LineageRow({ row, run, titleOf, otherRun, current, onFocus, onPoint, onTurn, onSelect }: Props) {
  const { title, detail, text } = wordsOf(row, titleOf);
  const Chevron = row.open ? ChevronDown : ChevronRight;
  return (
    <div
      role="treeitem"
      aria-level={row.depth + 1}
      {...(row.opens ? { 'aria-expanded': row.open } : {})}
      aria-selected={current}
      aria-label={[title, detail, otherRun ?? '', text].filter((part) => part !== '').join(', ')}
      tabIndex={current ? 0 : -1}
      data-key={row.key}
      onFocus={onFocus}
      onMouseEnter={() => onPoint(true)}
      onMouseLeave={() => onPoint(false)}
      className="flex gap-1.5 rounded-chip py-1 pr-3 outline-offset-[-2px] hover:bg-hover"
      style={{ paddingLeft: 8 + Math.min(row.depth, 8) * 14 }}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-hidden="true"
        onClick={onTurn}
        className={cn(
          'grid size-5 flex-none place-items-center text-fg-3 max-phone:w-8',
          row.opens ? 'max-phone:h-8' : 'invisible',
        )}
      >
        <Chevron size={14} />
      </button>
      <Glyph row={row} run={run} />
      <div className="min-w-0 flex-1 leading-5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {row.edge && <How row={row} />}
          <Title row={row} run={run} title={title} onSelect={onSelect} />
          {detail && <span className="text-11 text-fg-3">{detail}</span>}
          {otherRun && <span className="text-11 text-fg-3">{otherRun}</span>}
          <Facts row={row} />
        </p>
        {text && <p className="line-clamp-2 break-words text-11 leading-4 text-fg-2">{text}</p>}
        <Removed row={row} />
        {row.above && <p className="text-11 leading-4 text-fg-3">What it came from stands above.</p>}
      </div>
    </div>
  );
}

const howWords: Partial<Record<LineageEdge['kind'], string>> = {
  decided: 'let it run:',
  did: 'it did:',
  took: 'taken from:',
};

/** How a line led to the one above it, where that is not plain. */
function How({ row: { edge, node } }: { row: Row }) {
  const how = (edge && howWords[edge.kind]) ?? (edge?.input ? `${edge.input} ←` : null);
  if (how === null || node.kind === 'more') return null;
  return <span className="text-11 text-fg-3">{how}</span>;
}

type TitleProps = { row: Row; run: RunDetail; title: string; onSelect: Props['onSelect'] };

/** What a line is called; where it can be opened, it is a link. */
function Title({ row: { node, step }, run, title, onSelect }: TitleProps) {
  const to = useTo();
  const link = 'min-w-0 truncate text-left font-medium hover:underline';
  const at = step?.at ?? placeOf(node);
  if (node.kind === 'document')
    return (
      <PassageLink itemId={node.itemId} passageId={node.passageId} there={node.there} className={link}>
        {title}
      </PassageLink>
    );
  if (node.kind === 'record')
    return (
      <Link href={to('entities', node.entityId)} tabIndex={-1} data-go="" className={link}>
        {title}
      </Link>
    );
  if (!at) return <b className="min-w-0 truncate font-medium">{title}</b>;
  if (at.runId === run.id)
    return (
      <button type="button" tabIndex={-1} data-go="" className={link} onClick={() => onSelect(at)}>
        {title}
      </button>
    );
  const query = new URLSearchParams({ step: at.state, path: at.path });
  return (
    <Link href={`${to('runs', at.runId)}?${query}`} tabIndex={-1} data-go="" className={link}>
      {title}
    </Link>
  );
}

/** Where in a run a line leads; null: nowhere. */
export function placeOf(node: LineageNode): { runId: string; state: string; path: string } | null {
  if (node.kind === 'step') return node.at;
  if (node.kind === 'more') return node.from?.state ? node.from : null;
  return node.kind === 'value' && node.ref.of !== 'run-input' ? node.ref.at : null;
}

function Facts({ row: { node, step } }: { row: Row }) {
  const at = step?.at.path ?? '';
  return (
    <>
      {at !== '' && <span className="text-11 text-fg-3">{at}</span>}
      {step?.turn && <span className="text-11 text-fg-3">turn {step.turn}</span>}
      {step?.inherited && <span className="text-11 text-fg-3">taken over by the fork</span>}
      {node.kind === 'model' && (node.rehearsal ? <RehearsalBadge /> : <Money micros={node.costMicros} />)}
      {node.kind === 'document' && node.untrusted && <span className="text-11 text-st-waiting">untrusted</span>}
      {node.kind === 'document' && !node.there && <span className="text-11 text-fg-3">forgotten since</span>}
      {node.kind === 'person' && node.at !== null && <Moment at={node.at} className="text-11 text-fg-3" />}
      {(node.kind === 'pinned' || node.kind === 'held') && node.at !== null && (
        <Moment at={node.at} className="text-11 text-fg-3" />
      )}
      {node.kind === 'run' && node.startedAt !== null && <Moment at={node.startedAt} className="text-11 text-fg-3" />}
    </>
  );
}

const icons: Partial<Record<LineageNode['kind'], LucideIcon>> = {
  prompt: MessageSquareText,
  model: Sparkles,
  recall: Search,
  rule: ShieldCheck,
  risk: ShieldCheck,
  person: User,
  pinned: Pin,
  held: BookmarkCheck,
  run: Play,
};

function Glyph({ row: { node, step }, run }: { row: Row; run: RunDetail }) {
  const about = step ?? node;
  if (about.kind === 'step') {
    const face = about.at.runId === run.id ? faceOf(run.graph, about.at.state) : faceOfType(about.type);
    return <CategoryTile category={face.category} icon={face.icon} size="s" />;
  }
  const Icon = node.kind === 'document' ? (node.tier === 'episodic' ? History : BookOpen) : icons[node.kind];
  const Shown = Icon ?? FileText;
  return (
    <span className="grid size-5 flex-none place-items-center text-fg-3" aria-hidden="true">
      <Shown size={14} />
    </span>
  );
}

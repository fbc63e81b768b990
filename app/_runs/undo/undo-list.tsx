'use client';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useTo } from '#app/_shell/project.ts';
import { Button } from '#app/_ui/button.tsx';
import { StatusIcon, statusText } from '#app/_ui/status-icon.tsx';
import type { Graph } from '#nodes/core/graph.ts';
import type { UndoItemRow, UndoPlanItem } from '#server/undo/types.ts';
import { faceOf } from '../node-face.ts';
import { type UndoWord, wordOfItem, wordOfPlan } from './undo-words.ts';

/** Shown before the operator asks for more: an undo of a long list has hundreds. */
const shownAtFirst = 60;

type Props = { runId: string; graph: Graph };

/** What an undo will do, the newest step first: red cannot, violet will be. */
export function PlanList({ items, ...rest }: Props & { items: readonly UndoPlanItem[] }) {
  return (
    <Rows label="What will be undone" items={items}>
      {(item) => (
        <Row key={item.stepId} item={item} word={wordOfPlan(item)} {...rest}>
          {item.why && <p className="text-fg-2">{item.why}</p>}
          {item.can === 'offers' && (
            <p className="text-fg-2">A correction is offered instead; it waits for your approval in the inbox.</p>
          )}
        </Row>
      )}
    </Rows>
  );
}

/** How far an undo is with each effect, in the order in which it deals with them. */
export function ProgressList({ items, ...rest }: Props & { items: readonly UndoItemRow[] }) {
  return (
    <Rows label="What is undone" items={items}>
      {(item) => (
        <Row key={item.stepId} item={item} word={wordOfItem(item)} {...rest}>
          <ItemResult item={item} />
        </Row>
      )}
    </Rows>
  );
}

function ItemResult({ item }: { item: UndoItemRow }) {
  const to = useTo();
  const { result, failure, why, status } = item;
  return (
    <>
      {result && <p className="text-fg-2">{result.mended?.summary ?? result.summary}</p>}
      {!result && status === 'cannot' && why && <p className="text-fg-2">{why}</p>}
      {failure && <p className="text-st-failed">{failure.message}</p>}
      {result?.taskId && !result.mended && (
        <Link
          href={`${to('inbox')}?task=${result.taskId}`}
          className="font-medium text-accent-text hover:underline max-phone:inline-block max-phone:py-2"
        >
          Look at the correction
        </Link>
      )}
    </>
  );
}

function Rows<Item>({
  label,
  items,
  children,
}: {
  label: string;
  items: readonly Item[];
  children: (item: Item) => ReactNode;
}) {
  const [all, setAll] = useState(items.length <= shownAtFirst);
  return (
    <>
      <ol aria-label={label} className="overflow-hidden rounded-card border border-line-strong bg-raised">
        {(all ? items : items.slice(0, shownAtFirst)).map(children)}
      </ol>
      {!all && (
        <Button variant="link" size="sm" className="mt-1" onClick={() => setAll(true)}>
          Show all {items.length}
        </Button>
      )}
    </>
  );
}

function Row({
  item,
  word,
  runId,
  graph,
  children,
}: Props & { item: UndoPlanItem; word: UndoWord; children: ReactNode }) {
  const to = useTo();
  const own = item.runId === runId;
  const { title } = faceOf(graph, item.state);
  return (
    <li className="flex gap-2.5 border-b border-line px-3 py-2 text-12 last:border-b-0" data-can={item.can}>
      <StatusIcon status={word.status} size={16} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <b className="min-w-0 flex-1 truncate text-13 font-semibold">{own ? title : item.state}</b>
          <span className={`flex-none text-11 font-medium ${statusText[word.status]}`}>{word.text}</span>
        </div>
        <p className="break-words">
          {item.label && <span className="text-fg-2">{item.label}: </span>}
          {withoutName(item.title, title)}
        </p>
        {children}
        {!own && (
          <Link href={to('runs', item.runId)} className="text-accent-text hover:underline">
            In a pipeline that it called
          </Link>
        )}
      </div>
    </li>
  );
}

/** The node is named above already. */
function withoutName(text: string, name: string): string {
  return text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text;
}

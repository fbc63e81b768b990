'use client';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { CircleArrowUp, CircleSlash, History, MessageSquareText, Pin, ShieldCheck, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { cn } from '#app/_ui/cn.ts';
import { risk } from '#app/_ui/format.ts';
import { statusWord } from '#app/_ui/status.ts';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import { Tooltip } from '#app/_ui/tooltip.tsx';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import { CardChips } from './card-chips.tsx';
import type { CardModel } from './card-model.ts';
import { useCardLive, useCardMark, useCardPin, useCardStale, useElementLook, useElements } from './context.ts';
import type { Level } from './detail.ts';
import { type CardNode, inputHandle } from './flow-elements.ts';
import { cardHeight } from './geometry.ts';
import { InPlaceLine } from './in-place.tsx';
import { useIsLit } from './lit.ts';
import { type CardLive, type HandleState, outcomeState } from './live-view.ts';
import { ProblemMark } from './problem-mark.tsx';
import { TrustTag } from './trust-tag.tsx';

/** `far`: how far away it is seen from; styles leave out what would be too small. */
type Props = NodeProps<CardNode> & { far: Exclude<Level, 'full' | 'box'> | undefined };

/** One node on the canvas: who it is, how it goes, what it costs, and one handle per outcome. */
export const NodeCard = memo(function NodeCard({ id, data: { model }, selected, far }: Props) {
  const live = useCardLive(id);
  const mark = useCardMark(id);
  const pin = useCardPin(id);
  const look = useElementLook(id);
  const stale = useCardStale(id);
  const lit = useIsLit(id);
  const status = live?.status ?? 'idle';
  return (
    <article
      className={cn(
        'sg-card',
        `is-${status}`,
        `risks-${riskLevel(model.risk)}`,
        selected && 'is-selected',
        model.disabled && 'is-disabled',
        look?.found && `is-${look.found}`,
        lit && 'is-lit',
        mark && `has-${mark.severity}`,
        model.gate && 'is-gate',
      )}
      style={{ height: cardHeight(model.outcomes.length) }}
      data-status={status}
      data-node={id}
      data-far={far}
    >
      {model.hasInput && (
        <Handle
          type="target"
          position={Position.Left}
          id={inputHandle}
          className={`sg-handle is-${live?.input ?? 'open'}`}
          role="img"
          data-hint-title="Takes"
          data-hint={model.takes}
          aria-label={`Input of ${model.title}, takes ${model.takes}`}
        />
      )}
      <Head model={model} pin={pin} editing={look?.editing === true} />
      <div className="sg-foot">
        <div className="sg-state">
          {model.disabled && !live ? <DisabledLine /> : <StatusLine live={live} stale={stale} />}
          <CardChips id={id} live={live} />
        </div>
        <ul className="sg-outs">
          {model.outcomes.map((outcome) => (
            <Outcome
              key={outcome}
              name={outcome}
              of={model.title}
              carries={model.carries[outcome]}
              state={outcomeState(live, outcome)}
              wired={model.wired.has(outcome)}
              warns={outcome === 'error' && mark?.warnsError === true}
            />
          ))}
        </ul>
      </div>
      <TrustTag id={id} />
      {mark && <ProblemMark mark={mark} nodeId={id} of={model.title} />}
      {model.undoable && (
        <Handle
          type="source"
          position={Position.Bottom}
          id={undoHandle}
          className={cn('sg-handle sg-undo', model.wired.has(undoHandle) && 'is-wired')}
          role="img"
          data-hint-title="undo"
          data-hint="What takes its effect back"
          aria-label={`undo of ${model.title}, leads to what takes its effect back`}
        />
      )}
    </article>
  );
});

/** Amber from 0.3, red above 0.7. */
export function riskLevel(value: number): 'none' | 'low' | 'mid' | 'high' {
  if (value > 0.7) return 'high';
  if (value >= 0.3) return 'mid';
  return value > 0 ? 'low' : 'none';
}

type HeadProps = { model: CardModel; pin: string | undefined; editing: boolean };

const Head = memo(function Head({ model, pin, editing }: HeadProps) {
  const level = riskLevel(model.risk);
  return (
    <header className="sg-head">
      <CategoryTile category={model.category} icon={model.icon} />
      <div>
        <div className="sg-title">
          {editing ? (
            <InPlaceLine
              flowId={model.id}
              value={model.ownTitle}
              label="Title of the node"
              placeholder={model.typeTitle}
              maxLength={200}
              className="sg-in-place"
            />
          ) : (
            <h3>{model.title}</h3>
          )}
          {model.comment !== null && <Comment of={model.id} text={model.comment} />}
          {pin !== undefined && (
            <span className="sg-gate" title={`Pinned: test runs take its output (${pin}) without running it`}>
              <Pin size={13} strokeWidth={1.9} aria-label="Pinned for test runs" />
            </span>
          )}
          {model.outdated && (
            <span className="sg-outdated" title={model.outdated}>
              <CircleArrowUp size={13} strokeWidth={1.9} aria-label={model.outdated} />
            </span>
          )}
          {model.gate && (
            <span className="sg-gate" title={model.gate}>
              <ShieldCheck size={14} strokeWidth={1.9} aria-label={model.gate} />
            </span>
          )}
          {model.risk > 0 && (
            <span className={`sg-risk is-${level}`} title={`Risk ${risk(model.risk)} of 1`}>
              <TriangleAlert size={12} strokeWidth={1.9} aria-label="Risk" />
              {risk(model.risk)}
            </span>
          )}
        </div>
        <p>{model.summary}</p>
      </div>
    </header>
  );
});

/** Shown on hover and focus; a press opens it where it can be changed. */
function Comment({ of, text }: { of: string; text: string }) {
  const elements = useElements();
  return (
    <Tooltip text={<span className="whitespace-pre-wrap">{text}</span>} side="top">
      <button
        type="button"
        className="sg-comment nodrag nopan"
        aria-label={`Comment: ${text}`}
        onClick={() => elements?.openComment(of)}
      >
        <MessageSquareText size={13} strokeWidth={1.9} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}

/** What stands in place of a status on a node that no run comes to. */
function DisabledLine() {
  return (
    <span className="sg-status st-skipped" title="Disabled: runs pass over it">
      <CircleSlash size={14} strokeWidth={1.9} aria-hidden="true" />
      <span>Disabled</span>
    </span>
  );
}

function StatusLine({ live, stale }: { live: CardLive | undefined; stale: string | undefined }) {
  const status = live?.status ?? 'idle';
  const text = live?.detail ? `${statusWord(status)} · ${live.detail}` : statusWord(status);
  return (
    <span className={`sg-status st-${status}`} title={text}>
      <StatusIcon status={status} />
      <span>{text}</span>
      {stale !== undefined && (
        <span className="sg-stale" title={stale}>
          <History size={12} strokeWidth={1.9} aria-hidden="true" />
          stale
        </span>
      )}
    </span>
  );
}

type OutcomeProps = {
  name: string;
  of: string;
  carries: string | undefined;
  state: HandleState;
  wired: boolean;
  warns: boolean;
};

function Outcome({ name, of, carries, state, wired, warns }: OutcomeProps) {
  const carried = carries ?? (name === 'error' ? 'the failure: object {code, message}' : 'nothing that is known');
  return (
    <li
      className={cn(`is-${state}`, name === 'error' && 'is-error-row', wired && 'is-wired', warns && 'is-warned')}
      data-outcome={name}
    >
      {name}
      <Handle
        type="source"
        position={Position.Right}
        id={name}
        className={`sg-handle is-${state}`}
        role="img"
        data-hint-title={name}
        data-hint={carried}
        aria-label={`${name} of ${of}, gives ${carried}`}
      />
    </li>
  );
}

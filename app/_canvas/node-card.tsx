'use client';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { History, Pin, ShieldCheck, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { cn } from '#app/_ui/cn.ts';
import { ageLong, duration, exactMicros, money, plural, risk } from '#app/_ui/format.ts';
import { useNow } from '#app/_ui/now.ts';
import { statusWord } from '#app/_ui/status.ts';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import { undoHandle } from '#nodes/core/compile/undo.ts';
import type { CardModel } from './card-model.ts';
import { useCardLive, useCardMark, useCardPin, useCardStale } from './context.ts';
import { type CardNode, inputHandle } from './flow-elements.ts';
import { cardHeight } from './geometry.ts';
import { useIsLit } from './lit.ts';
import { type CardLive, type HandleState, outcomeState } from './live-view.ts';

/** One node on the canvas: who it is, how it goes, what it costs, and one handle per outcome. */
export const NodeCard = memo(function NodeCard({ id, data: { model }, selected }: NodeProps<CardNode>) {
  const live = useCardLive(id);
  const mark = useCardMark(id);
  const pin = useCardPin(id);
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
        lit && 'is-lit',
        mark && `has-${mark.severity}`,
      )}
      style={{ height: cardHeight(model.outcomes.length) }}
      data-status={status}
      data-node={id}
      title={mark?.text}
    >
      {model.hasInput && (
        <Handle
          type="target"
          position={Position.Left}
          id={inputHandle}
          className={`sg-handle is-${live?.input ?? 'open'}`}
          role="img"
          aria-label={`Input of ${model.title}`}
        />
      )}
      <Head model={model} pin={pin} stale={stale} />
      <div className="sg-foot">
        <div className="sg-state">
          <StatusLine live={live} />
          <Chips live={live} />
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
      {model.undoable && (
        <Handle
          type="source"
          position={Position.Bottom}
          id={undoHandle}
          className={cn('sg-handle sg-undo', model.wired.has(undoHandle) && 'is-wired')}
          role="img"
          title="undo: draw what takes its effect back"
          aria-label={`undo of ${model.title}`}
        />
      )}
    </article>
  );
});

/** Amber from 0.3, red above 0.7. */
function riskLevel(value: number): 'none' | 'low' | 'mid' | 'high' {
  if (value > 0.7) return 'high';
  if (value >= 0.3) return 'mid';
  return value > 0 ? 'low' : 'none';
}

type HeadProps = { model: CardModel; pin: string | undefined; stale: string | undefined };

const Head = memo(function Head({ model, pin, stale }: HeadProps) {
  const level = riskLevel(model.risk);
  return (
    <header className="sg-head">
      <CategoryTile category={model.category} icon={model.icon} />
      <div>
        <div className="sg-title">
          <h3>{model.title}</h3>
          {stale !== undefined && (
            <span className="sg-stale" title={stale}>
              <History size={12} strokeWidth={1.9} aria-hidden="true" />
              stale
            </span>
          )}
          {pin !== undefined && (
            <span className="sg-gate" title={`Pinned: test runs take its output (${pin}) without running it`}>
              <Pin size={13} strokeWidth={1.9} aria-label="Pinned for test runs" />
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

function StatusLine({ live }: { live: CardLive | undefined }) {
  const status = live?.status ?? 'idle';
  const text = live?.detail ? `${statusWord(status)} · ${live.detail}` : statusWord(status);
  return (
    <span className={`sg-status st-${status}`} title={text}>
      <StatusIcon status={status} />
      <span>{text}</span>
    </span>
  );
}

function Chips({ live }: { live: CardLive | undefined }) {
  const now = useNow(live?.since == null ? 3_600_000 : 1_000);
  if (!live) return null;
  const { costMicros, counts, since, timeMs, tries } = live;
  return (
    <div className="sg-chips">
      {costMicros > 0 && (
        <span className="sg-spend" title={exactMicros(costMicros)}>
          {money(costMicros)}
        </span>
      )}
      {since !== null ? (
        <span className="sg-time">{ageLong(Math.max(0, now - since))}</span>
      ) : (
        timeMs !== null && <span className="sg-time">{duration(timeMs)}</span>
      )}
      {counts !== null && <span title="Items of the loop">{counts}</span>}
      {tries !== null && <span>{plural(tries, 'try', 'tries')}</span>}
    </div>
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
  return (
    <li
      className={cn(`is-${state}`, name === 'error' && 'is-error-row', wired && 'is-wired', warns && 'is-warned')}
      data-outcome={name}
      title={carries === undefined ? name : `${name}: ${carries}`}
    >
      {name}
      <Handle
        type="source"
        position={Position.Right}
        id={name}
        className={`sg-handle is-${state}`}
        role="img"
        aria-label={`${name} of ${of}`}
      />
    </li>
  );
}

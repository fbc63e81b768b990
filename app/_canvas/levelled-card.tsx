'use client';
import type { NodeProps } from '@xyflow/react';
import { memo, useLayoutEffect, useRef } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { type ElementLook, useBoxLooks, useElementLook, useStatus } from './context.ts';
import { useLevel } from './detail.ts';
import type { CardNode } from './flow-elements.ts';
import { cardHeight } from './geometry.ts';
import { NodeCard, riskLevel } from './node-card.tsx';

/**
 * The card of a node in the detail that the zoom leaves room for. Where it stands is React Flow's matter: a card does
 * not render because it is moved.
 */
export const LevelledCard = memo(function LevelledCard(props: NodeProps<CardNode>) {
  const level = useLevel(props.id);
  const look = useElementLook(props.id);
  if (level === 'box' && !look?.editing) return <BoxCard {...props} found={look?.found} />;
  return <NodeCard {...props} far={level === 'full' ? undefined : level === 'box' ? 'distant' : level} />;
}, sameCard);

function sameCard(a: NodeProps<CardNode>, b: NodeProps<CardNode>): boolean {
  return a.id === b.id && a.data === b.data && a.selected === b.selected;
}

/**
 * One box in the hue of its status, with its icon as a picture: see box-icons.tsx. Without handles: what cannot be hit
 * need not be there a thousand times. A run that goes on renders nothing: `data-status` alone changes, and styles follow.
 */
function BoxCard({ id, data: { model }, selected, found }: NodeProps<CardNode> & { found: ElementLook['found'] }) {
  const [mark, trust, lit] = useBoxLooks(id);
  return (
    <article
      ref={useShownStatus(id)}
      className={cn(
        'sg-card is-box',
        `risks-${riskLevel(model.risk)}`,
        selected && 'is-selected',
        model.disabled && 'is-disabled',
        found && `is-${found}`,
        lit && 'is-lit',
        mark && `has-${mark.severity}`,
        trust && `trusts-${trust.kind}`,
        model.gate && 'is-gate',
      )}
      style={{ height: cardHeight(model.outcomes.length) }}
      data-node={id}
      title={model.title}
    />
  );
}

function useShownStatus(id: string) {
  const card = useRef<HTMLElement>(null);
  const status = useStatus();
  useLayoutEffect(() => {
    const show = () => {
      if (card.current) card.current.dataset.status = status.card(id)?.status ?? 'idle';
    };
    show();
    return status.watchCard(id, show);
  }, [status, id]);
  return card;
}

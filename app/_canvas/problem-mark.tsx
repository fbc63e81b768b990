'use client';
import { EdgeLabelRenderer } from '@xyflow/react';
import { CircleX, TriangleAlert } from 'lucide-react';
import { plural } from '#app/_ui/format.ts';
import { Tooltip } from '#app/_ui/tooltip.tsx';
import { type EdgeMark, useOnProblem } from './context.ts';
import type { Point } from './geometry.ts';

const icons = { error: CircleX, warning: TriangleAlert, info: TriangleAlert } as const;

/** What the compiler says of a card, at its corner: hover and focus explain it, pressing it goes to the list. */
export function ProblemMark({ mark, nodeId, of }: { mark: EdgeMark; nodeId: string; of: string }) {
  const onProblem = useOnProblem();
  const Icon = icons[mark.severity];
  return (
    <Tooltip side="top" text={<Findings mark={mark} />}>
      <button
        type="button"
        className={`sg-problem is-${mark.severity} nodrag nopan`}
        aria-label={`${nameOf(mark)} of ${of}`}
        onClick={(event) => {
          event.stopPropagation();
          onProblem?.({ nodeId });
        }}
      >
        <Icon size={12} strokeWidth={2.2} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}

/** The same on an edge, in its middle. */
export function EdgeProblemMark({ mark, edgeId, at, of }: { mark: EdgeMark; edgeId: string; at: Point; of: string }) {
  const onProblem = useOnProblem();
  const Icon = icons[mark.severity];
  const open = () => onProblem?.({ edgeId });
  // Above the ends by which the edge is led elsewhere, which would cover it where the edge is short.
  return (
    <EdgeLabelRenderer>
      <div className="sg-edge-problem" style={{ transform: `translate(${at.x - 10}px, ${at.y - 10}px)` }}>
        <Tooltip side="top" text={<Findings mark={mark} />}>
          <button
            type="button"
            className={`sg-problem is-${mark.severity} nodrag nopan`}
            aria-label={`${nameOf(mark)} of ${of}`}
            onClick={(event) => {
              event.stopPropagation();
              open();
            }}
          >
            <Icon size={12} strokeWidth={2.2} aria-hidden="true" />
          </button>
        </Tooltip>
      </div>
    </EdgeLabelRenderer>
  );
}

function nameOf({ severity, findings }: EdgeMark): string {
  return findings.length === 1 ? (severity === 'error' ? 'Error' : 'Warning') : plural(findings.length, 'problem');
}

/** So many are told at once; the rest stands in the list. */
const told = 3;

function Findings({ mark: { findings } }: { mark: EdgeMark }) {
  return (
    <span className="grid gap-2 py-1">
      {findings.slice(0, told).map(({ severity, title, message, help }) => (
        <span key={`${title} ${message}`} className="grid gap-0.5">
          <b className={severity === 'error' ? 'font-semibold text-st-failed' : 'font-semibold text-st-waiting'}>
            {title}
          </b>
          <span>{message}</span>
          {!message.includes(help) && <span className="text-fg-2">{help}</span>}
        </span>
      ))}
      {findings.length > told && <span className="text-fg-3">and {findings.length - told} more</span>}
    </span>
  );
}

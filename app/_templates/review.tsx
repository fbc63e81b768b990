'use client';
import { BookOpen, CircleX, Info, PenLine, Send, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { CategoryTile } from '#app/_ui/category-tile.tsx';
import { plural } from '#app/_ui/format.ts';
import { Money } from '#app/_ui/money.tsx';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import type { ReviewLine, TemplateReview } from '#server/templates/types.ts';

/** What a stranger's pipeline would read, write, send and spend, what it needs, and what is wrong with it. */
export function Review({ review }: { review: TemplateReview }) {
  return (
    <div className="grid gap-5">
      {review.diagnostics.length > 0 && <Problems diagnostics={review.diagnostics} />}
      {review.programHash === null ? (
        <p className="text-fg-2">What it would do is not known, because it cannot be compiled.</p>
      ) : (
        <Doings review={review} />
      )}
      <Part title="Needs">
        <div className="flex flex-wrap gap-1">
          {review.requires.connections.map((connection) => (
            <Badge key={connection} tone="outline">
              connection: {connection}
            </Badge>
          ))}
          {review.requires.capabilities.map((capability) => (
            <Badge key={capability}>{capability}</Badge>
          ))}
          {review.requires.nodeTypes.map(({ type, version }) => (
            <Badge key={type} tone={definitions.has(type) ? 'neutral' : 'bad'}>
              {type} v{version}
              {!definitions.has(type) && ', unknown here'}
            </Badge>
          ))}
        </div>
      </Part>
      {review.programHash && (
        <p className="text-11 text-fg-3">
          Program <code className="font-mono break-all">{review.programHash}</code>
        </p>
      )}
    </div>
  );
}

function Doings({ review }: { review: TemplateReview }) {
  return (
    <>
      <Lines title="Reads" icon={<BookOpen size={14} />} none="It reads nothing of yours." lines={review.reads} />
      <Lines
        title="Writes"
        icon={<PenLine size={14} />}
        none="It changes nothing in Solograph."
        lines={review.writes}
      />
      <Lines title="Sends" icon={<Send size={14} />} none="Nothing leaves this installation." lines={review.sends} />
      <Part title="Spends">
        <p className="text-fg-2">
          {review.spends.estimateMicros !== null && (
            <>
              <Money micros={review.spends.estimateMicros} prefix="est." className="font-medium text-fg" />{' '}
            </>
          )}
          {review.spends.text}
        </p>
      </Part>
    </>
  );
}

function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 flex items-center gap-2 text-12 leading-5 font-semibold">
        {title}
        {aside}
      </h3>
      {children}
    </section>
  );
}

function Lines({
  title,
  icon,
  none,
  lines,
}: {
  title: string;
  icon: ReactNode;
  none: string;
  lines: readonly ReviewLine[];
}) {
  return (
    <Part title={title} aside={<span className="text-fg-3">{icon}</span>}>
      {lines.length === 0 && <p className="text-fg-3">{none}</p>}
      <ul className={lines.length > 0 ? 'border-t border-line' : undefined}>
        {lines.map((line) => (
          <li key={line.nodeId} className="flex min-h-9 items-center gap-2 border-b border-line py-1">
            <CategoryTile
              category={definitions.get(line.type)?.category ?? 'flow'}
              icon={definitions.get(line.type)?.icon ?? 'box'}
              size="s"
            />
            <span className="font-medium">{line.title}</span>
            <span className="min-w-0 flex-1 text-12 text-fg-2">{line.text}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const severityLook = {
  error: { Icon: CircleX, hue: 'text-st-failed' },
  warning: { Icon: TriangleAlert, hue: 'text-st-waiting' },
  info: { Icon: Info, hue: 'text-fg-3' },
} as const;

function Problems({ diagnostics }: { diagnostics: readonly Diagnostic[] }) {
  return (
    <Part
      title="Problems"
      aside={<span className="font-normal text-fg-3">{plural(diagnostics.length, 'finding')}</span>}
    >
      <ul className="border-t border-line">
        {diagnostics.map((found) => {
          const { Icon, hue } = severityLook[found.severity];
          return (
            <li
              key={`${found.code} ${found.nodeId} ${found.edgeId} ${found.field} ${found.message}`}
              className="flex gap-2 border-b border-line py-1.5"
            >
              <Icon size={14} className={`mt-0.5 flex-none ${hue}`} aria-label={found.severity} />
              <span className="min-w-0">
                {found.message}{' '}
                <span className="text-11 text-fg-3">
                  {[found.nodeId, found.field, found.code].filter(Boolean).join(' · ')}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId, useTo } from '#app/_shell/project.ts';
import { Badge, RehearsalBadge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { typedDollars } from '#app/_ui/dollars.ts';
import { age } from '#app/_ui/format.ts';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import type { RouterOutputs } from '#server/api/root.ts';
import { Group } from '../group.tsx';
import { ClassForm } from './class-form.tsx';
import { type ClassName, type ClassSettings, cacheWords } from './typed.ts';

const about: Record<ClassName, string> = {
  interactive: 'Somebody waits for the answer.',
  standard: 'Nobody waits; what nodes are unless they say otherwise.',
  batch: 'It may take hours.',
};
const names: readonly ClassName[] = ['interactive', 'standard', 'batch'];

/** How each kind of work is done, whom it asks and what that costs. */
export function TaskClasses() {
  const trpc = useTRPC();
  const to = useTo();
  const projectId = useProjectId();
  const classes = useQuery(trpc.taskClasses.get.queryOptions({ projectId }));
  const resolved = useQuery(trpc.taskClasses.resolve.queryOptions({ projectId }));
  const [editing, setEditing] = useState<ClassName | null>(null);
  return (
    <Group
      title="Kinds of work"
      lead="A node says which kind it is, and may set its own model over it. Prices are for a million tokens."
      action={
        <Button asChild>
          <Link href={to('spend')}>All prices</Link>
        </Button>
      }
    >
      {classes.isError && !classes.data && <QueryFailure error={classes.error} onRetry={() => classes.refetch()} />}
      {classes.isPending && <SkeletonRows rows={3} rowClass="h-12" />}
      <ul aria-label="Kinds of work" className="-mt-4">
        {classes.data &&
          names.map((name) => (
            <Row
              key={name}
              name={name}
              settings={classes.data[name]}
              routes={resolved.data?.[name] ?? []}
              onChange={() => setEditing(name)}
            />
          ))}
      </ul>
      {editing && classes.data && (
        <ClassForm name={editing} settings={classes.data[editing]} onClose={() => setEditing(null)} />
      )}
    </Group>
  );
}

type Route = RouterOutputs['taskClasses']['resolve'][ClassName][number];
type RowProps = { name: ClassName; settings: ClassSettings; routes: readonly Route[]; onChange: () => void };

function Row({ name, settings, routes, onChange }: RowProps) {
  const limits = limitsOf(settings);
  return (
    <li data-class={name} className="flex flex-wrap items-start gap-x-3 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p>
          <b className="font-medium">{name}</b> <span className="text-12 text-fg-3">{about[name]}</span>
        </p>
        <ol className="text-12 text-fg-2">
          {routes.map((route, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are
            <li key={at} className="flex flex-wrap items-center gap-x-2">
              <Asked route={route} then={at > 0} batch={settings.batchEndpoint} />
            </li>
          ))}
        </ol>
        {limits !== '' && <p className="text-12 text-fg-3">{limits}</p>}
      </div>
      <Button size="sm" onClick={onChange} aria-label={`Change ${name}`}>
        Change
      </Button>
    </li>
  );
}

function Asked({ route, then, batch }: { route: Route; then: boolean; batch: boolean }) {
  const prefix = then ? 'else ' : '';
  if (!route.ok)
    return (
      <span className="text-st-failed">
        {prefix}
        {route.named}: {route.problem}
      </span>
    );
  return (
    <>
      <span className="wrap-anywhere">
        {prefix}
        {route.model} <span className="text-fg-3">{route.rehearsal ? '' : route.provider}</span>
      </span>
      {route.rehearsal && <RehearsalBadge />}
      <Price route={route} batch={batch} />
    </>
  );
}

/** What is not known is said to be unpriced; it is never shown as free. */
function Price({ route: { price }, batch }: { route: Extract<Route, { ok: true }>; batch: boolean }) {
  if (!price) return <Badge tone="warn">unpriced</Badge>;
  const share = (micros: number) => (batch ? Math.ceil((micros * price.batchPermille) / 1_000) : micros);
  if (price.inputMicros === 0 && price.outputMicros === 0) return <span className="text-fg-3">free</span>;
  return (
    <span className="text-fg-3 tabular-nums">
      ${typedDollars(share(price.inputMicros))} in, ${typedDollars(share(price.outputMicros))} out
    </span>
  );
}

function limitsOf(settings: ClassSettings): string {
  const { temperature, maxOutputTokens, timeoutMs, concurrency, cacheMs, batchEndpoint } = settings;
  return [
    temperature !== null && `temperature ${temperature}`,
    maxOutputTokens !== null && `answers up to ${maxOutputTokens} tokens`,
    timeoutMs !== null && `within ${age(timeoutMs)}`,
    concurrency !== null && `${concurrency} at once`,
    batchEndpoint && 'by the provider’s batch endpoint',
    cacheMs !== null && `answers are used again for ${cacheWords(settings)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

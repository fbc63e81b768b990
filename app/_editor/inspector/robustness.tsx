'use client';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import { nodeErrorCodes, type RetryPolicy } from '#nodes/core/errors.ts';
import { defaultSettings } from '#nodes/core/graph.ts';
import type { Retry } from '../document/command.ts';
import { useGraph, useSession } from '../session/context.ts';
import { ChipsField } from './fields/chips-field.tsx';
import { DurationField } from './fields/duration-field.tsx';
import { NumberField } from './fields/number-field.tsx';
import { useNode } from './node-context.ts';

const first: RetryPolicy = { attempts: 4, initialMs: 500, factor: 2, maxMs: 60_000, jitter: 0.2 };
const ways = [
  { value: 'usual', label: 'As the failure asks for' },
  { value: 'never', label: 'Never' },
  { value: 'own', label: 'As set here' },
] as const;

/** What happens when an attempt fails or hangs: how often and when it is tried again, and how long it may take. */
export function Robustness() {
  const session = useSession();
  const { node, declaration } = useNode();
  const { retry } = node;
  const set = (next: Retry | null) => session.document.dispatch({ kind: 'set-retry', nodeId: node.id, retry: next });
  const way = !retry ? 'usual' : retry.attempts === 1 ? 'never' : 'own';
  return (
    <details className="group border-t border-line pt-2">
      <summary className="cursor-default text-12 font-medium text-fg-2">If it fails or hangs</summary>
      <div className="mt-2 grid gap-2.5">
        <Field label="Tries again">
          {({ id }) => (
            <Select
              id={id}
              label="Tries again"
              className="w-full"
              value={way}
              options={ways}
              onChange={(next) =>
                set(
                  next === 'usual' ? null : next === 'never' ? { ...first, attempts: 1 } : (declaration.retry ?? first),
                )
              }
            />
          )}
        </Field>
        {retry && way === 'own' && <OwnPolicy retry={retry} onChange={set} />}
        <Field label="One attempt may take" hint="Then it counts as failed. Empty: as the node type says.">
          {({ id, 'aria-describedby': describedBy }) => (
            <DurationField
              id={id}
              label="One attempt may take"
              describedBy={describedBy}
              placeholderMs={declaration.timeoutMs}
              maximumMs={86_400_000}
              value={node.timeoutMs}
              onChange={(timeoutMs) =>
                session.document.dispatch({ kind: 'set-timeout', nodeId: node.id, timeoutMs: timeoutMs ?? null })
              }
            />
          )}
        </Field>
        <OnFailure />
      </div>
    </details>
  );
}

/** What follows a failure that is final and whose `error` leads nowhere. */
function OnFailure() {
  const session = useSession();
  const { node } = useNode();
  const usual = useGraph((graph) => (graph.settings ?? defaultSettings).onFailure);
  const ways = [
    { value: 'usual', label: `As the pipeline says: ${usual === 'ask' ? 'asks you' : 'fails the run'}` },
    { value: 'ask', label: 'Asks you what to do' },
    { value: 'stop', label: 'Fails the run' },
  ] as const;
  return (
    <Field label="If it fails for good" hint="Where its error outcome leads nowhere.">
      {({ id }) => (
        <Select
          id={id}
          label="If it fails for good"
          className="w-full"
          value={node.onFailure ?? 'usual'}
          options={ways}
          onChange={(next) =>
            session.document.dispatch({
              kind: 'set-on-failure',
              nodeId: node.id,
              onFailure: next === 'usual' ? null : next,
            })
          }
        />
      )}
    </Field>
  );
}

type Part = { key: 'attempts' | 'factor'; label: string; minimum: number; maximum: number; integer: boolean };
type Span = { key: 'initialMs' | 'maxMs'; label: string };

const counts: Part[] = [
  { key: 'attempts', label: 'Attempts', minimum: 2, maximum: 50, integer: true },
  { key: 'factor', label: 'Each wait, times', minimum: 1, maximum: 10, integer: false },
];
const spans: Span[] = [
  { key: 'initialMs', label: 'First wait' },
  { key: 'maxMs', label: 'Longest wait' },
];

function OwnPolicy({ retry, onChange }: { retry: Retry; onChange: (retry: Retry) => void }) {
  const { totalMs: _total, codes: _codes, ...always } = retry;
  return (
    <div className="grid grid-cols-2 items-start gap-2">
      {counts.map(({ key, label, minimum, maximum, integer }) => (
        <Field key={key} label={label}>
          {({ id }) => (
            <NumberField
              id={id}
              integer={integer}
              minimum={minimum}
              maximum={maximum}
              value={retry[key]}
              onChange={(value) => {
                if (value === undefined) return;
                const kept = Math.min(maximum, Math.max(minimum, value));
                onChange({ ...retry, [key]: integer ? Math.round(kept) : kept });
              }}
            />
          )}
        </Field>
      ))}
      {spans.map(({ key, label }) => (
        <Field key={key} label={label} className="col-span-2">
          {({ id }) => (
            <DurationField
              id={id}
              label={label}
              minimumMs={0}
              maximumMs={86_400_000}
              placeholderMs={first[key]}
              value={retry[key]}
              onChange={(ms) => ms !== undefined && onChange({ ...retry, [key]: ms })}
            />
          )}
        </Field>
      ))}
      <Field label="Gives up after" hint="Empty: only after its attempts." className="col-span-2">
        {({ id, 'aria-describedby': describedBy }) => (
          <DurationField
            id={id}
            label="Gives up after"
            describedBy={describedBy}
            maximumMs={30 * 86_400_000}
            value={retry.totalMs}
            onChange={(totalMs) =>
              onChange(totalMs === undefined ? withCodes(always, retry.codes) : { ...retry, totalMs })
            }
          />
        )}
      </Field>
      <Field label="Only for these failures" className="col-span-2">
        {() => (
          <ChipsField
            label="Only for these failures"
            empty="Those that are worth it"
            values={retry.codes ?? []}
            options={nodeErrorCodes.map((code) => ({ value: code, label: code }))}
            onChange={(codes) => {
              const total = retry.totalMs === undefined ? {} : { totalMs: retry.totalMs };
              onChange(withCodes({ ...always, ...total }, codes));
            }}
          />
        )}
      </Field>
    </div>
  );
}

/** No code named is no choice, rather than none. */
function withCodes(retry: Retry, codes: string[] | undefined): Retry {
  return codes && codes.length > 0 ? { ...retry, codes } : retry;
}

'use client';
import { Field } from '#app/_ui/field.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { RetryPolicy } from '#nodes/core/errors.ts';
import type { Retry } from '../document/command.ts';
import { useSession } from '../session/context.ts';
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
        <Field label="Longest time" hint="In seconds; then the attempt counts as failed.">
          {({ id, 'aria-describedby': describedBy }) => (
            <NumberField
              id={id}
              describedBy={describedBy}
              minimum={0.001}
              placeholder={String(declaration.timeoutMs / 1_000)}
              value={node.timeoutMs === undefined ? undefined : node.timeoutMs / 1_000}
              onChange={(seconds) =>
                session.document.dispatch({
                  kind: 'set-timeout',
                  nodeId: node.id,
                  timeoutMs:
                    seconds === undefined || seconds <= 0 ? null : Math.min(86_400_000, Math.ceil(seconds * 1_000)),
                })
              }
            />
          )}
        </Field>
      </div>
    </details>
  );
}

type Part = {
  key: Exclude<keyof Retry, 'totalMs' | 'codes'>;
  label: string;
  minimum: number;
  maximum: number;
  integer: boolean;
  perUnit: number;
};

const parts: Part[] = [
  { key: 'attempts', label: 'Attempts', minimum: 2, maximum: 50, integer: true, perUnit: 1 },
  { key: 'initialMs', label: 'First wait, s', minimum: 0, maximum: 86_400, integer: false, perUnit: 1_000 },
  { key: 'factor', label: 'Then times', minimum: 1, maximum: 10, integer: false, perUnit: 1 },
  { key: 'maxMs', label: 'Longest wait, s', minimum: 0, maximum: 86_400, integer: false, perUnit: 1_000 },
];

function OwnPolicy({ retry, onChange }: { retry: Retry; onChange: (retry: Retry) => void }) {
  return (
    <div className="grid grid-cols-2 gap-2">
      {parts.map(({ key, label, minimum, maximum, integer, perUnit }) => (
        <Field key={key} label={label}>
          {({ id }) => (
            <NumberField
              id={id}
              integer={integer}
              minimum={minimum}
              maximum={maximum}
              value={retry[key] / perUnit}
              onChange={(value) => {
                if (value === undefined) return;
                const kept = Math.min(maximum, Math.max(minimum, value)) * perUnit;
                onChange({ ...retry, [key]: key === 'factor' ? kept : Math.round(kept) });
              }}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

'use client';
import { brief } from '#app/_ui/brief.ts';
import { cn } from '#app/_ui/cn.ts';
import { ValueView } from '#app/_ui/value-view.tsx';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { DiffText } from './diff-text.tsx';
import { letterOf, type ProposalField } from './fields.ts';

/** What is proposed: like a letter where it is one, otherwise field by field. With `before`, changes are marked. */
export function ProposalCard({
  fields,
  value,
  before,
}: {
  fields: readonly ProposalField[];
  value: JsonObject;
  before?: JsonObject;
}) {
  const letter = letterOf(fields);
  const show = (field: ProposalField) => <Value value={value[field.name] ?? null} before={before?.[field.name]} />;
  if (!letter)
    return (
      <article className={cn(card, 'px-5 py-3 max-phone:px-3.5')}>
        <FieldList fields={fields} show={show} />
      </article>
    );
  return (
    <article className={card}>
      <div className="border-b border-line px-5 py-3 max-phone:px-3.5 max-phone:py-2.5">
        <FieldList fields={letter.heading} show={show} />
      </div>
      <div className="max-w-150 px-5 pt-4 pb-5 text-14 leading-[22px] max-phone:px-3.5 max-phone:py-3">
        {show(letter.body)}
      </div>
      {letter.rest.length > 0 && (
        <div className="border-t border-line px-5 py-3 text-12 max-phone:px-3.5">
          <FieldList fields={letter.rest} show={show} />
        </div>
      )}
    </article>
  );
}

const card = 'rounded-card border border-line-strong bg-raised';

function FieldList({
  fields,
  show,
}: {
  fields: readonly ProposalField[];
  show: (field: ProposalField) => React.ReactNode;
}) {
  return (
    <dl>
      {fields.map((field) => (
        <div key={field.name} className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-2 leading-[22px]">
          <dt className="truncate text-fg-3" title={field.title}>
            {field.title}
          </dt>
          <dd className={cn('min-w-0 break-words', field.name === 'subject' && 'font-semibold')}>{show(field)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value, before }: { value: Json; before: Json | undefined }) {
  if (before === undefined) return <ValueView value={value} />;
  return <DiffText before={textOf(before)} after={textOf(value)} />;
}

function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : brief(value);
}

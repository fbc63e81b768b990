'use client';
import { DiffText } from '#app/_inbox/proposal/diff-text.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { AnyNodeDeclaration } from '#nodes/core/define-node.ts';
import type { FieldChange } from '#nodes/core/diff/fields.ts';
import { fieldName, valueText } from './fields.ts';

/** One field: what it was and what it is. Texts are compared word by word. */
export function FieldChangeView({
  change,
  declaration,
}: {
  change: FieldChange;
  declaration: AnyNodeDeclaration | undefined;
}) {
  const { title, rest } = fieldName(change.path, declaration);
  return (
    <div data-field={change.path}>
      <dt className="flex min-w-0 items-baseline gap-1.5 text-12 font-medium">
        {title}
        {rest !== '' && <code className="truncate font-mono text-11 font-normal text-fg-3">{rest}</code>}
      </dt>
      <dd className="mt-0.5 text-12">
        <Values before={valueText(change.before)} after={valueText(change.after)} />
      </dd>
    </div>
  );
}

/** A text that is longer than this is compared by its words; shorter ones stand beside each other. */
const shortChars = 40;

function Values({ before, after }: { before: string | null; after: string | null }) {
  if (before === null || after === null || (isJson(before) && isJson(after)))
    return (
      <div className="grid gap-1">
        <Value text={before} sort="del" />
        <Value text={after} sort="ins" />
      </div>
    );
  if (before.length <= shortChars && after.length <= shortChars && !`${before}${after}`.includes('\n'))
    return (
      <span className="flex flex-wrap items-baseline gap-1.5">
        <del className="break-all">{before || 'empty'}</del>
        <span className="text-fg-3">→</span>
        <ins className="break-all">{after || 'empty'}</ins>
      </span>
    );
  return (
    <div
      className={cn(
        'max-h-80 overflow-auto rounded-control bg-sunken px-2 py-1.5',
        isCode(after) && 'font-mono text-11',
      )}
    >
      <DiffText before={before} after={after} />
    </div>
  );
}

function Value({ text, sort: Sort }: { text: string | null; sort: 'ins' | 'del' }) {
  if (text === null) return <span className="text-fg-3">{Sort === 'del' ? 'Nothing before' : 'Nothing now'}</span>;
  if (!isCode(text)) return <Sort className="justify-self-start whitespace-pre-wrap">{text || 'empty'}</Sort>;
  return (
    <Sort className="block max-h-60 overflow-auto px-2 py-1 font-mono text-11 whitespace-pre-wrap no-underline">
      {text}
    </Sort>
  );
}

const isJson = (text: string): boolean => /^[[{]/.test(text);
const isCode = (text: string): boolean => /^[[{=]/.test(text);

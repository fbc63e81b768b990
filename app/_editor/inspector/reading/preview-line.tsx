'use client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { cn } from '#app/_ui/cn.ts';
import type { ReadingField } from '#nodes/core/compile/inspect.ts';
import type { Preview, PreviewRequest } from '../../code/assist/preview.ts';
import { useFields } from './context.ts';
import { placeText } from './place-text.ts';
import { usePreview } from './use-preview.ts';
import { useReadValues } from './use-read-values.ts';
import { type ReadValues, sourceText } from './values-for.ts';

type Props = {
  field: ReadingField;
  /** What the field holds as it is typed; null: nothing to evaluate. */
  request: PreviewRequest | null;
  /** The compiler says already what is wrong: a failure is not said twice. */
  quiet: boolean;
};

/** Under a field: what it gives, on the values of a run or on made-up ones. */
export function PreviewLine({ field, request, quiet }: Props) {
  const read = useReadValues(field);
  const shown = usePreview(request, read);
  if (!shown || !read || !request) return null;
  if (!shown.preview.ok && quiet) return null;
  return (
    <div data-preview className={cn('flex flex-wrap items-baseline gap-x-2 px-0.5 text-11', shown.old && 'opacity-70')}>
      <Outcome preview={shown.preview} source={request.source} />
      <span className="ml-auto flex flex-none items-center gap-0.5 text-fg-3">
        {sourceText(read)}
        <ItemStepper item={read.item} />
      </span>
    </div>
  );
}

function Outcome({ preview, source }: { preview: Preview; source: PreviewRequest['source'] }) {
  const [open, setOpen] = useState(false);
  if (!preview.ok)
    return (
      <output className="min-w-0 break-words text-st-failed">
        {preview.range && `${placeText(source, preview.range.start)}: `}
        {preview.message}
      </output>
    );
  const { shown, more, text, misfit } = preview;
  const lines = source.kind === 'template' ? 'line-clamp-3 whitespace-pre-wrap' : 'truncate';
  return (
    <output className="min-w-0 max-w-full text-fg-2">
      <button
        type="button"
        aria-expanded={open}
        title={open ? 'Show less' : 'Show more'}
        onClick={() => setOpen(!open)}
        className={cn(
          '-my-1 block min-h-6 max-w-full rounded-chip py-1 text-left hover:text-fg',
          !text && 'font-mono',
          open ? 'break-words whitespace-pre-wrap' : lines,
        )}
      >
        {shown === '' ? <span className="text-fg-3">empty text</span> : shown}
        {more > 0 && <span className="text-fg-3"> … {more.toLocaleString('en-GB')} more characters</span>}
      </button>
      {misfit && <span className="block text-st-waiting">{misfit}</span>}
    </output>
  );
}

/** Inside a For each or Repeat: which item is looked at. */
function ItemStepper({ item }: { item: ReadValues['item'] }) {
  const { store } = useFields();
  if (!item) return null;
  const { around, index, total } = item;
  const goTo = (next: number) => store.setState(({ items }) => ({ items: { ...items, [around]: next } }));
  return (
    <span className="flex items-center">
      , item
      <Step label="The item before" disabled={index <= 0} onStep={() => goTo(index - 1)}>
        <ChevronLeft size={12} aria-hidden="true" />
      </Step>
      <span className="tabular-nums">
        {index + 1} of {total}
      </span>
      <Step label="The next item" disabled={index >= total - 1} onStep={() => goTo(index + 1)}>
        <ChevronRight size={12} aria-hidden="true" />
      </Step>
    </span>
  );
}

type StepProps = { label: string; disabled: boolean; onStep: () => void; children: React.ReactNode };

function Step({ label, disabled, onStep, children }: StepProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onStep}
      className="-my-1 grid size-6 place-items-center rounded-chip hover:bg-hover hover:text-fg disabled:opacity-40 max-phone:size-9"
    >
      {children}
    </button>
  );
}

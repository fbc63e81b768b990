'use client';
import { Braces, FileText, type LucideIcon, SquareFunction, TextCursorInput } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import type { BindingKind } from './binding.ts';

const kinds: { kind: BindingKind; title: string; icon: LucideIcon }[] = [
  { kind: 'value', title: 'Value', icon: TextCursorInput },
  { kind: 'template', title: 'Text with values', icon: Braces },
  { kind: 'expr', title: 'Expression', icon: SquareFunction },
  { kind: 'prompt', title: 'Prompt of the pipeline', icon: FileText },
];

type Props = {
  kind: BindingKind;
  label: string;
  /** Whether a prompt can be given: what is wanted is text. */
  prompts: boolean;
  onChange: (kind: BindingKind) => void;
};

/** How an input is given: a value, text with values in it, an expression, a prompt of the pipeline. */
export function KindSwitch({ kind, label, prompts, onChange }: Props) {
  const offered = prompts || kind === 'prompt' ? kinds : kinds.filter((known) => known.kind !== 'prompt');
  return (
    <ToggleGroup.Root
      type="single"
      value={kind}
      aria-label={`How ${label} is given`}
      className="flex flex-none gap-px rounded-control bg-hover"
      onValueChange={(next) => kinds.some((known) => known.kind === next) && onChange(next as BindingKind)}
    >
      {offered.map(({ kind: value, title, icon: Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={title}
          title={title}
          className="grid size-6 place-items-center rounded-control text-fg-3 hover:text-fg data-[state=on]:bg-raised data-[state=on]:text-accent-text data-[state=on]:shadow-[inset_0_0_0_1px_var(--line-strong)] max-phone:size-9"
        >
          <Icon size={13} strokeWidth={1.9} aria-hidden="true" />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

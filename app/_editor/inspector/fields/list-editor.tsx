'use client';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#app/_ui/button.tsx';
import type { Json } from '#nodes/core/json.ts';
import { Findings } from '../findings.tsx';
import type { Control } from '../schema/field.ts';
import { addressOf } from './config-field.tsx';
import { ControlEditor, type ControlProps } from './control-editor.tsx';

type Props = Omit<ControlProps, 'control'> & { control: Extract<Control, { kind: 'list' }> };

/** A list: items can be added, removed and put in another order. */
export function ListEditor({ control, value, onChange, path, label, findings }: Props) {
  const items = Array.isArray(value) ? value : [];
  const move = (index: number, by: -1 | 1) => {
    const item = items[index];
    if (item === undefined || items[index + by] === undefined) return;
    onChange(items.toSpliced(index, 1).toSpliced(index + by, 0, item));
  };
  return (
    <div className="grid grid-cols-1 gap-1.5">
      {items.length > 0 && (
        <ol className="grid grid-cols-1 gap-1.5">
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items have no names of their own; their place is what they are
            <li key={index}>
              <Item
                {...{ control, item, index, path, label, findings }}
                last={index === items.length - 1}
                onChange={(next) => onChange(items.toSpliced(index, 1, next))}
                onMove={(by) => move(index, by)}
                onRemove={() => onChange(items.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ol>
      )}
      <Button
        size="sm"
        className="justify-self-start"
        icon={<Plus size={13} />}
        onClick={() => onChange([...items, control.blank])}
      >
        Add
      </Button>
    </div>
  );
}

type ItemProps = Pick<Props, 'control' | 'path' | 'label' | 'findings'> & {
  item: Json;
  index: number;
  last: boolean;
  onChange: (item: Json) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

function Item({ control, item, index, path, label, findings, last, onChange, onMove, onRemove }: ItemProps) {
  const ownPath = [...path, index];
  const own = findings.filter(({ field }) => field === addressOf(ownPath));
  const [open, setOpen] = useState(titleOf(item) === '');
  const editor = (
    <ControlEditor
      control={control.item}
      value={item}
      onChange={(value) => onChange(value ?? control.blank)}
      path={ownPath}
      label={`${label}, ${index + 1}`}
      findings={own}
    />
  );
  const handles = (
    <span className="flex flex-none">
      <IconButton size="sm" label="Move up" disabled={index === 0} onClick={() => onMove(-1)}>
        <ArrowUp size={13} />
      </IconButton>
      <IconButton size="sm" label="Move down" disabled={last} onClick={() => onMove(1)}>
        <ArrowDown size={13} />
      </IconButton>
      <IconButton size="sm" label={`Remove ${titleOf(item) || index + 1}`} onClick={onRemove}>
        <X size={13} />
      </IconButton>
    </span>
  );
  if (control.item.kind !== 'object')
    return (
      <div className="flex items-center gap-1" data-field={addressOf(ownPath)}>
        <div className="min-w-0 flex-1">
          {editor}
          <Findings findings={own} />
        </div>
        {handles}
      </div>
    );
  return (
    <details
      className="rounded-control border border-line"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex cursor-default items-center gap-2 py-0.5 pr-0.5 pl-2 text-12">
        <span className="w-4 text-fg-3">{index + 1}</span>
        <span className="min-w-0 flex-1 truncate font-medium">{titleOf(item) || 'New'}</span>
        {handles}
      </summary>
      <div className="border-t border-line p-2">{editor}</div>
    </details>
  );
}

/** What an item is called: its first text. */
function titleOf(item: Json): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return '';
  const text = Object.values(item).find((value) => typeof value === 'string');
  return typeof text === 'string' ? text : '';
}

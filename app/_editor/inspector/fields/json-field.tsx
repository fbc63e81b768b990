'use client';
import { useState } from 'react';
import type { Json } from '#nodes/core/json.ts';
import { CodeEditor } from '../../code/code-editor.tsx';

type Props = {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  label: string;
  describedBy?: string;
  tall?: boolean;
};

/** A value written as JSON. Text that is no JSON yet stays in the field and does not reach the document. */
export function JsonField({ value, onChange, label, describedBy, tall }: Props) {
  const [draft, setDraft] = useState<{ text: string; of: string } | null>(null);
  const shown = value === undefined ? '' : JSON.stringify(value, null, 2);
  const same = draft !== null && draft.of === JSON.stringify(value);
  const text = same ? draft.text : shown;
  const broken = text.trim() !== '' && parsed(text) === undefined;
  const change = (next: string) => {
    const read = next.trim() === '' ? undefined : parsed(next);
    const keep = next.trim() !== '' && read === undefined;
    const after = keep ? value : read;
    setDraft({ text: next, of: JSON.stringify(after) });
    if (!keep && JSON.stringify(read) !== JSON.stringify(value)) onChange(read);
  };
  return (
    <>
      <CodeEditor
        language="json"
        value={text}
        onChange={change}
        label={label}
        describedBy={describedBy}
        tall={tall}
        invalid={broken}
      />
      {broken && <p className="text-12 text-st-failed">This is not JSON yet, so it is not saved.</p>}
    </>
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

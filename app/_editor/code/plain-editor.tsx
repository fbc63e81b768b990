'use client';
import { useEffect, useRef } from 'react';
import type { CodeEditorProps } from './code-editor.tsx';

/** Stands where the editor for code could not be loaded: what is written is written all the same. */
export default function PlainEditor({
  value,
  onChange,
  label,
  describedBy,
  placeholder,
  tall,
  ...rest
}: CodeEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { onReady } = rest;
  useEffect(() => {
    onReady?.({
      focus: () => field.current?.focus(),
      insert: (expr) => {
        field.current?.setRangeText(expr);
        if (field.current) onChange(field.current.value);
      },
    });
  }, [onReady, onChange]);
  return (
    <textarea
      ref={field}
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={placeholder}
      value={value}
      rows={tall ? 4 : 1}
      spellCheck={false}
      className="block w-full bg-transparent px-2 py-1 font-mono text-12 outline-none"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

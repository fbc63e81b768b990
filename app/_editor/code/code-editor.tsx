'use client';
import dynamic from 'next/dynamic';
import { cn } from '#app/_ui/cn.ts';
import type { Severity } from '#nodes/core/diagnostics.ts';
import type { Variables } from './complete.ts';

export type CodeMark = { severity: Severity; message: string; range?: { start: number; end: number } };

export type CodeEditorProps = {
  value: string;
  onChange: (value: string) => void;
  language: 'cel' | 'template' | 'json';
  label: string;
  describedBy?: string;
  placeholder?: string;
  /** Several lines from the beginning. */
  tall?: boolean;
  /** What the compiler found, shown where it stands. */
  marks?: CodeMark[];
  /** What expressions may read, asked for when completion opens. */
  variables?: () => Promise<Variables>;
  /** Whether the field is wrong as a whole. */
  invalid?: boolean;
};

const Editor = dynamic(() => import('./code-mirror.tsx'), { ssr: false, loading: () => <div className="h-[26px]" /> });

/** A field for expressions, templates or JSON: coloured, completed, with errors where they are. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <div
      className={cn(
        'min-w-0 overflow-hidden rounded-control border border-line-strong bg-raised focus-within:border-accent focus-within:ring-1 focus-within:ring-accent hover:border-edge',
        props.invalid && 'border-st-failed',
      )}
      data-code={props.language}
    >
      <Editor {...props} />
    </div>
  );
}

'use client';
import dynamic from 'next/dynamic';
import { cn } from '#app/_ui/cn.ts';
import type { Severity } from '#nodes/core/diagnostics.ts';
import type { Suggestions } from './assist/complete.ts';
import type { SignatureHelp } from './assist/signature.ts';
import PlainEditor from './plain-editor.tsx';

export type CodeMark = {
  severity: Severity;
  message: string;
  range?: { start: number; end: number };
  fix?: { title: string; apply: () => void };
};

export type CodeLanguage = 'cel' | 'template' | 'json';

/** What helps while somebody writes, asked for as they write. */
export type CodeAssist = {
  suggest: (before: string) => Promise<Suggestions | null>;
  signature: (before: string) => Promise<SignatureHelp | null>;
  /** What a member is called beside its name, as a node has a title. */
  titleOf: (of: string | null, member: string) => string | undefined;
};

/** What others may do with a field. */
export type CodeHandle = {
  /** Puts an expression where the cursor is; in a template between braces, if the cursor is not between some. */
  insert: (expr: string) => void;
  focus: () => void;
};

export type CodeEditorProps = {
  value: string;
  onChange: (value: string) => void;
  /** Whether what stands here is newer than `value`, which then does not replace it. */
  isNewer?: () => boolean;
  language: CodeLanguage;
  label: string;
  describedBy?: string;
  placeholder?: string;
  /** Several lines from the beginning. */
  tall?: boolean;
  /** What the compiler found, shown where it stands. */
  marks?: CodeMark[];
  assist?: CodeAssist;
  /** Whether the field is wrong as a whole. */
  invalid?: boolean;
  /** Called once the field can be written into. */
  onReady?: (handle: CodeHandle) => void;
  /** Asks to see what can be read here. */
  onAskScope?: () => void;
};

/** Without the server the page goes on: it is edited in a plain field then. */
const Editor = dynamic(() => import('./code-mirror.tsx').catch(() => ({ default: PlainEditor })), {
  ssr: false,
  loading: () => <div className="h-[26px]" />,
});

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

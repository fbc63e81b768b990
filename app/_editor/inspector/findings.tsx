'use client';
import { Wrench } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import { findingsAt } from '../compile/problems.ts';
import { applyFix } from '../session/actions.ts';
import { useProblems, useSession } from '../session/context.ts';
import type { EditorSession } from '../session/session.ts';
import { useNode } from './node-context.ts';

/** What the compiler found at a field of the inspected node. */
export function useFindings(field: string): Diagnostic[] {
  const { node } = useNode();
  const diagnostics = useProblems((problems) => problems.diagnostics);
  return useMemo(() => findingsAt(diagnostics, node.id, field), [diagnostics, node.id, field]);
}

type Props = {
  findings: Diagnostic[];
  id?: string;
  /** What the field itself can mend, where the compiler offers nothing. */
  correct?: (finding: Diagnostic) => { title: string; apply: () => void } | null;
};

/** What mends a finding: the compiler's own fix, else the field's. */
export function mendingOf(session: EditorSession, finding: Diagnostic, correct?: Props['correct']) {
  const { fix } = finding;
  if (fix) return { title: fix.title, apply: () => applyFix(session, fix.change) };
  return correct?.(finding) ?? null;
}

/** The findings under their field, each with its fix where the compiler has one. */
export function Findings({ findings, id, correct }: Props) {
  const session = useSession();
  if (findings.length === 0) return null;
  return (
    <ul id={id} className="grid grid-cols-1 gap-1">
      {findings.map((finding) => (
        <li
          key={`${finding.code} ${finding.field} ${finding.message}`}
          className={cn(
            'text-12',
            finding.severity === 'info'
              ? 'text-fg-2'
              : finding.severity === 'error'
                ? 'text-st-failed'
                : 'text-st-waiting',
          )}
        >
          {finding.message}
          <Mend mending={mendingOf(session, finding, correct)} />
        </li>
      ))}
    </ul>
  );
}

function Mend({ mending }: { mending: ReturnType<typeof mendingOf> }) {
  if (!mending) return null;
  return (
    <Button size="sm" variant="link" className="ml-1" icon={<Wrench size={12} />} onClick={mending.apply}>
      {mending.title}
    </Button>
  );
}

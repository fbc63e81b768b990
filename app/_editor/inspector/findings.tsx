'use client';
import { Wrench } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import { findingsAt } from '../compile/problems.ts';
import { applyFix } from '../session/actions.ts';
import { useProblems, useSession } from '../session/context.ts';
import { useNode } from './node-context.ts';

/** What the compiler found at a field of the inspected node. */
export function useFindings(field: string): Diagnostic[] {
  const { node } = useNode();
  const diagnostics = useProblems((problems) => problems.diagnostics);
  return useMemo(() => findingsAt(diagnostics, node.id, field), [diagnostics, node.id, field]);
}

/** The findings under their field, each with its fix where the compiler has one. */
export function Findings({ findings, id }: { findings: Diagnostic[]; id?: string }) {
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
          {finding.fix && (
            <Button
              size="sm"
              variant="link"
              className="ml-1"
              icon={<Wrench size={12} />}
              onClick={() => finding.fix && applyFix(session, finding.fix.change)}
            >
              {finding.fix.title}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

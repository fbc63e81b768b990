'use client';
import { CircleX, TriangleAlert } from 'lucide-react';
import { Button } from '#app/_ui/button.tsx';
import { plural } from '#app/_ui/format.ts';
import type { Diagnostic } from '#nodes/core/diagnostics.ts';
import { useProblems, useSession } from '../session/context.ts';
import { goToProblem } from '../session/problems.ts';

const mostListed = 3;

/** What stands in the way of publishing, and what should be looked at before, each with the way to it. */
export function PublishProblems({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const diagnostics = useProblems((problems) => problems.diagnostics);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const listed = [...errors, ...warnings].slice(0, mostListed);
  if (listed.length === 0) return null;
  const show = (diagnostic: Diagnostic) => {
    session.ui.setState({ dock: 'problems', dockOpen: true });
    goToProblem(session, diagnostic);
    onClose();
  };
  return (
    <section aria-label="Problems" className={errors.length > 0 ? 'text-st-failed' : 'text-st-waiting'}>
      <p className="text-12 font-medium">
        {[
          errors.length > 0 ? `${plural(errors.length, 'error')}: a version must be free of errors` : null,
          warnings.length > 0 ? plural(warnings.length, 'warning') : null,
        ]
          .filter((part) => part !== null)
          .join('; ')}
        .
      </p>
      <ul className="mt-1 grid gap-1">
        {listed.map((diagnostic) => (
          <li
            key={[diagnostic.code, diagnostic.nodeId, diagnostic.edgeId, diagnostic.field].join(' ')}
            className="flex items-start gap-2 text-12"
          >
            {diagnostic.severity === 'error' ? (
              <CircleX size={14} className="mt-px flex-none text-st-failed" aria-label="Error" />
            ) : (
              <TriangleAlert size={14} className="mt-px flex-none text-st-waiting" aria-label="Warning" />
            )}
            <span className="min-w-0 flex-1 text-fg-2">{diagnostic.message}</span>
            <Button variant="link" size="sm" onClick={() => show(diagnostic)}>
              Show
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

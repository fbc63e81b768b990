'use client';
import { CircleCheck, CircleX, Info, TriangleAlert, Wrench } from 'lucide-react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { definitions } from '#app/_canvas/definitions.ts';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import { integer } from '#app/_ui/format.ts';
import { Kbd } from '#app/_ui/kbd.tsx';
import { Tooltip } from '#app/_ui/tooltip.tsx';
import { type Diagnostic, diagnosticCodes, type Severity } from '#nodes/core/diagnostics.ts';
import { applyFix } from '../session/actions.ts';
import { useProblems, useSession, useUi } from '../session/context.ts';
import { goToProblem, keyOfProblem } from '../session/problems.ts';
import { UpgradeButton } from '../versions/upgrade/upgrade-button.tsx';

const groups: { severity: Severity; icon: typeof Info; hue: string; one: string; many: string }[] = [
  { severity: 'error', icon: CircleX, hue: 'text-st-failed', one: 'Error', many: 'Errors' },
  { severity: 'warning', icon: TriangleAlert, hue: 'text-st-waiting', one: 'Warning', many: 'Warnings' },
  { severity: 'info', icon: Info, hue: 'text-fg-3', one: 'Notice', many: 'Notices' },
];

/** Nobody reads more than these at once, and the list opens at once. */
const shown = 200;

/** What the compiler found, the gravest first: a click shows the place, a fix mends it as one edit. Not touched by runs. */
export const ProblemsPanel = memo(function ProblemsPanel() {
  const diagnostics = useProblems((problems) => problems.diagnostics);
  const graph = useProblems((problems) => problems.graph);
  const failure = useProblems((problems) => problems.failure);
  const titles = useMemo(
    () => new Map(graph?.nodes.map(({ id, title, type }) => [id, title || definitions.get(type)?.title || id])),
    [graph],
  );
  if (failure)
    return <p className="px-4 py-3 text-st-failed">The compiler did not answer: {failure}. Reload the page.</p>;
  return (
    <>
      {!diagnostics.some(({ severity }) => severity !== 'info') && (
        <p className="flex items-center gap-2 px-4 py-3 text-fg-2">
          <CircleCheck size={14} className="text-st-done" aria-hidden="true" />
          Nothing stands in the way of running this pipeline.
        </p>
      )}
      {groups.map((group) => (
        <Group
          key={group.severity}
          group={group}
          titles={titles}
          diagnostics={diagnostics.filter(({ severity }) => severity === group.severity)}
        />
      ))}
    </>
  );
});

type GroupProps = {
  group: (typeof groups)[number];
  diagnostics: readonly Diagnostic[];
  titles: ReadonlyMap<string, string>;
};

function Group({ group, diagnostics, titles }: GroupProps) {
  const { many, icon: Icon, hue } = group;
  if (diagnostics.length === 0) return null;
  return (
    <section aria-label={`${integer(diagnostics.length)} ${diagnostics.length === 1 ? group.one : many}`}>
      <h3 className="sticky top-0 z-1 flex h-6 items-center gap-2 border-b border-line bg-panel px-4 font-medium text-fg-2">
        <Icon size={13} className={hue} aria-hidden="true" />
        {many} <span className="text-fg-3">{integer(diagnostics.length)}</span>
        {group.severity === 'error' && (
          <span className="ml-auto flex items-center gap-1 text-11 font-normal text-fg-3 max-phone:hidden">
            Next <Kbd>F8</Kbd>
          </span>
        )}
      </h3>
      <ul aria-label={many}>
        {diagnostics.slice(0, shown).map((diagnostic) => (
          <Problem
            key={keyOfProblem(diagnostic)}
            diagnostic={diagnostic}
            place={titles.get(diagnostic.nodeId ?? '') ?? diagnostic.nodeId}
            group={group}
          />
        ))}
      </ul>
      {diagnostics.length > shown && (
        <p className="px-4 py-1.5 text-fg-3">and {integer(diagnostics.length - shown)} more</p>
      )}
    </section>
  );
}

type ProblemProps = { diagnostic: Diagnostic; place: string | undefined; group: (typeof groups)[number] };

function Problem({ diagnostic, place, group: { icon: Icon, hue, one } }: ProblemProps) {
  const session = useSession();
  const { code, message, nodeId, fix } = diagnostic;
  const current = useUi((ui) => ui.problem === keyOfProblem(diagnostic));
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <li
      ref={row}
      className={cn('flex min-h-7 items-center gap-2 pr-3 hover:bg-hover', current && 'bg-accent-soft')}
      aria-current={current || undefined}
      data-problem={code}
    >
      <Tooltip side="top" text={<Explanation title={diagnosticCodes[code].title} help={diagnosticCodes[code].help} />}>
        <button
          type="button"
          className="focus-inset grid min-w-0 flex-1 grid-cols-[16px_160px_minmax(0,1fr)] items-center gap-2 py-1 pl-4 text-left max-phone:grid-cols-[16px_minmax(0,1fr)]"
          onClick={() => goToProblem(session, diagnostic)}
        >
          <Icon size={14} className={hue} aria-label={one} />
          <span className="truncate font-medium max-phone:hidden">{place || 'The pipeline'}</span>
          <span className="text-fg-2">{message}</span>
        </button>
      </Tooltip>
      {fix && (
        <Button size="sm" icon={<Wrench size={12} />} onClick={() => applyFix(session, fix.change)}>
          <span className="max-w-72 truncate">{fix.title}</span>
        </Button>
      )}
      {code === 'NODE_VERSION_OLD' && nodeId !== undefined && <UpgradeButton nodeIds={[nodeId]} />}
    </li>
  );
}

function Explanation({ title, help }: { title: string; help: string }) {
  return (
    <span className="grid gap-0.5 py-0.5">
      <b className="font-semibold">{title}</b>
      <span className="text-fg-2">{help}</span>
    </span>
  );
}

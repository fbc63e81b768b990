'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BadgeCheck, PenLine } from 'lucide-react';
import { useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { useProjectId } from '#app/_shell/project.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { Segments } from '#app/_ui/segments.tsx';
import { SkeletonRows } from '#app/_ui/skeleton.tsx';
import { Moment } from '#app/_ui/time.tsx';
import type { FactRow } from '#server/facts/types.ts';
import { FactButton } from './facts-tier/fact-button.tsx';

/** What is known as fact: what holds, or with everything that held before and what was corrected. */
export function Facts() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const [shown, setShown] = useState<'current' | 'history'>('current');
  const [wrong, setWrong] = useState<FactRow | null>(null);
  const facts = useQuery(trpc.memory.facts.queryOptions({ projectId, history: shown === 'history', limit: 200 }));
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-6 py-2 max-phone:px-4">
        <Segments
          label="Facts shown"
          value={shown}
          onChange={setShown}
          options={[
            { value: 'current', label: 'What holds' },
            { value: 'history', label: 'With history' },
          ]}
        />
        <FactButton />
      </div>
      {facts.isError && !facts.data && <QueryFailure error={facts.error} onRetry={() => facts.refetch()} />}
      {facts.isPending && <SkeletonRows rows={4} rowClass="h-12" />}
      {facts.data?.length === 0 && (
        <EmptyState icon={BadgeCheck} title="No facts yet">
          A fact says something of a subject for a time. A newer one supersedes it, and nothing is overwritten.
        </EmptyState>
      )}
      <ul aria-label="Facts">
        {facts.data?.map((fact) => (
          <Row key={fact.id} fact={fact} onCorrect={() => setWrong(fact)} />
        ))}
      </ul>
      {wrong && <Correct fact={wrong} onClose={() => setWrong(null)} />}
    </>
  );
}

function Row({ fact, onCorrect }: { fact: FactRow; onCorrect: () => void }) {
  return (
    <li className="flex items-start gap-3 border-b border-line px-6 py-2 max-phone:px-4">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="text-fg-2">
            {fact.subject} · {fact.relation}
          </span>
          <b className="font-medium">{fact.object ?? 'no longer'}</b>
          <Badge tone={fact.status === 'current' ? 'good' : 'neutral'}>{fact.status}</Badge>
          {fact.untrusted && <span className="text-11 font-medium text-st-waiting">untrusted</span>}
        </p>
        <p className="flex flex-wrap gap-x-2 text-12 text-fg-3">
          <span>
            since <Moment at={fact.validFrom} />
          </span>
          {fact.source && <span>from {fact.source}</span>}
          {fact.reason && (
            <span>
              a correction by {fact.by}: {fact.reason}
            </span>
          )}
        </p>
      </div>
      {fact.status !== 'corrected' && (
        <Button size="sm" icon={<PenLine size={14} />} onClick={onCorrect}>
          Correct
        </Button>
      )}
    </li>
  );
}

/** A correction is a new fact with its reason; the wrong one stays in the history. */
function Correct({ fact, onClose }: { fact: FactRow; onClose: () => void }) {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const queryClient = useQueryClient();
  const [object, setObject] = useState(fact.object ?? '');
  const [reason, setReason] = useState('');
  const correct = useMutation(
    trpc.memory.correctFact.mutationOptions({
      onSuccess: onClose,
      onError: sayFailure('Not corrected'),
      onSettled: () => queryClient.invalidateQueries(trpc.memory.pathFilter()),
    }),
  );
  const complete = object.trim() !== '' && reason.trim() !== '';
  return (
    <Dialog
      open
      onClose={onClose}
      title="Correct a fact"
      description={`${fact.subject} · ${fact.relation}. The wrong one stays in the history.`}
      footer={
        <Button
          variant="primary"
          disabled={!complete}
          busy={correct.isPending}
          onClick={() => correct.mutate({ projectId, id: fact.id, object, reason })}
        >
          Correct
        </Button>
      }
    >
      <div className="grid gap-3">
        <Field label="What is right">
          {(control) => <Input {...control} value={object} onChange={({ target }) => setObject(target.value)} />}
        </Field>
        <Field label="Why it was wrong">
          {(control) => <Input {...control} value={reason} onChange={({ target }) => setReason(target.value)} />}
        </Field>
      </div>
    </Dialog>
  );
}

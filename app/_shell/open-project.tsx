'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { AccessCard } from '#app/_access/access-card.tsx';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useTRPC } from '#app/_api/trpc.ts';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import { lastProject } from './last-project.ts';
import { NewProjectForm } from './new-project.tsx';

/** Leads to the project that was open last, or asks for the name of the first one. */
export function OpenProject() {
  const trpc = useTRPC();
  const router = useRouter();
  const projects = useQuery(trpc.projects.list.queryOptions());
  const target = projects.data?.find((project) => project.id === lastProject()) ?? projects.data?.[0];
  useEffect(() => {
    if (target) router.replace(`/p/${target.id}/today`);
  }, [target, router]);
  if (projects.isError) return <QueryFailure error={projects.error} onRetry={() => projects.refetch()} />;
  if (projects.data?.length === 0)
    return (
      <AccessCard
        title="Name your first project"
        lead="A company or product line: it keeps its own pipelines, memory and spend."
      >
        <NewProjectForm onCreated={(id) => router.replace(`/p/${id}/today`)} />
      </AccessCard>
    );
  return (
    <main className="grid min-h-dvh place-items-center" aria-busy="true" aria-label="Opening your project">
      <StatusIcon status="running" size={20} />
    </main>
  );
}

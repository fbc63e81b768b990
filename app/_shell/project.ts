'use client';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'next/navigation';
import { useCallback } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';

/** Id of the project that the page's address names. */
export function useProjectId(): string {
  const { projectId } = useParams<{ projectId: string }>();
  return projectId;
}

/** Addresses of the open project's places: `to('inbox')`, `to('runs', runId)`. */
export function useTo(): (...parts: string[]) => string {
  const projectId = useProjectId();
  return useCallback((...parts) => ['', 'p', projectId, ...parts.map(encodeURIComponent)].join('/'), [projectId]);
}

/** The open project with its counts, kept current while the page is seen. */
export function useProject() {
  const trpc = useTRPC();
  const projectId = useProjectId();
  return useQuery(trpc.projects.get.queryOptions({ projectId }, { refetchInterval: 3_000 }));
}

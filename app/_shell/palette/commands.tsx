'use client';
import { useQuery } from '@tanstack/react-query';
import { FilePlus2, FolderOpen, LogOut, MonitorCog, Moon, Shapes, Sun, Workflow } from 'lucide-react';
import { useTheme } from 'next-themes';
import type { ReactNode } from 'react';
import { useTRPC } from '#app/_api/trpc.ts';
import { statusWord, toStatus } from '#app/_ui/status.ts';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import { places } from '../places.ts';
import { useProjectId, useTo } from '../project.ts';
import { leave } from '../project-switcher.tsx';

export type PaletteCommand = {
  id: string;
  title: string;
  detail?: string;
  icon: ReactNode;
  keys?: string;
  act: () => void;
};
export type CommandGroup = { heading: string; commands: PaletteCommand[] };

/** Everything that the palette offers, loaded when it opens. `go` opens an address. */
export function useCommands(go: (href: string) => void): { groups: CommandGroup[]; loading: boolean } {
  const trpc = useTRPC();
  const projectId = useProjectId();
  const to = useTo();
  const actions = useActions(go);
  const pipelines = useQuery(trpc.pipelines.list.queryOptions({ projectId }));
  const runs = useQuery(trpc.runs.list.queryOptions({ projectId, limit: 50 }));
  const projects = useQuery(trpc.projects.list.queryOptions());
  const groups: CommandGroup[] = [
    {
      heading: 'Places',
      commands: places.map((place) => ({
        id: `place ${place.segment}`,
        title: place.title,
        icon: <place.icon size={16} />,
        keys: `G ${place.key.toUpperCase()}`,
        act: () => go(to(place.segment)),
      })),
    },
    {
      heading: 'Pipelines',
      commands: (pipelines.data ?? []).map((pipeline) => ({
        id: `pipeline ${pipeline.id}`,
        title: pipeline.name,
        detail: pipeline.published === null ? 'draft' : `v${pipeline.published}`,
        icon: <Workflow size={16} />,
        act: () => go(to('pipelines', pipeline.id)),
      })),
    },
    {
      heading: 'Runs',
      commands: (runs.data?.items ?? []).map((run) => ({
        id: `run ${run.id}`,
        title: `R-${run.ref}`,
        detail: `${run.pipelineName}, ${statusWord(toStatus(run.status)).toLowerCase()}`,
        icon: <StatusIcon status={toStatus(run.status)} size={16} />,
        act: () => go(to('runs', run.id)),
      })),
    },
    {
      heading: 'Projects',
      commands: (projects.data ?? [])
        .filter((project) => project.id !== projectId)
        .map((project) => ({
          id: `project ${project.id}`,
          title: project.name,
          icon: <FolderOpen size={16} />,
          act: () => go(`/p/${project.id}/today`),
        })),
    },
    { heading: 'Do', commands: actions },
  ];
  return {
    groups: groups.filter((group) => group.commands.length > 0),
    loading: pipelines.isPending || runs.isPending || projects.isPending,
  };
}

function useActions(go: (href: string) => void): PaletteCommand[] {
  const { setTheme } = useTheme();
  const to = useTo();
  return [
    {
      id: 'do templates',
      title: 'Open the template gallery',
      icon: <Shapes size={16} />,
      act: () => go(to('templates')),
    },
    {
      id: 'do import',
      title: 'Import a pipeline from a file',
      icon: <FilePlus2 size={16} />,
      act: () => go(to('import')),
    },
    { id: 'do light', title: 'Light theme', icon: <Sun size={16} />, act: () => setTheme('light') },
    { id: 'do dark', title: 'Dark theme', icon: <Moon size={16} />, act: () => setTheme('dark') },
    { id: 'do system', title: 'Theme of the system', icon: <MonitorCog size={16} />, act: () => setTheme('system') },
    { id: 'do leave', title: 'Sign out', icon: <LogOut size={16} />, act: leave },
  ];
}

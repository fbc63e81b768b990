'use client';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown, LogOut, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { signOut } from '#app/_access/auth-client.ts';
import { sayFailure } from '#app/_api/say-failure.ts';
import { useTRPC } from '#app/_api/trpc.ts';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '#app/_ui/menu.tsx';
import type { ProjectView } from '#server/projects/types.ts';
import { rememberProject } from './last-project.ts';
import { Logo } from './logo.tsx';
import { NewProjectDialog } from './new-project.tsx';

/** Names the open project; leads to the others, to a new one, and out. */
export function ProjectSwitcher({ project }: { project: ProjectView | undefined }) {
  const router = useRouter();
  const trpc = useTRPC();
  const projects = useQuery(trpc.projects.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const id = project?.id;
  useEffect(() => {
    if (id) rememberProject(id);
  }, [id]);
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            aria-label={`Project: ${project?.name ?? 'loading'}`}
            className="flex h-8 w-full items-center gap-2 rounded-control px-2 text-left font-semibold hover:bg-hover max-phone:h-11"
          >
            <Logo />
            <span className="min-w-0 flex-1 truncate">{project?.name ?? ' '}</span>
            <ChevronDown size={14} className="text-fg-3" aria-hidden="true" />
          </button>
        }
      >
        <MenuLabel>Projects</MenuLabel>
        {projects.data?.map((each) => (
          <MenuItem
            key={each.id}
            icon={each.id === project?.id ? <Check size={14} /> : undefined}
            onSelect={() => router.push(`/p/${each.id}/today`)}
          >
            {each.name}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={<Plus size={14} />} onSelect={() => setCreating(true)}>
          New project
        </MenuItem>
        <MenuItem icon={<LogOut size={14} />} onSelect={leave}>
          Sign out
        </MenuItem>
      </Menu>
      <NewProjectDialog open={creating} onClose={() => setCreating(false)} />
    </>
  );
}

/** Ends the session and goes to the sign-in page. */
export function leave(): void {
  signOut().then(() => window.location.assign('/login'), sayFailure('Could not sign out'));
}

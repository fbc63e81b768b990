'use client';
import { Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Fragment } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { Kbd } from '#app/_ui/kbd.tsx';
import { useModKey } from '#app/_ui/mod-key.ts';
import { Money } from '#app/_ui/money.tsx';
import { StatusIcon } from '#app/_ui/status-icon.tsx';
import type { ProjectView } from '#server/projects/types.ts';
import { usePalette } from './palette/palette-context.tsx';
import { type Place, placeGroups } from './places.ts';
import { useTo } from './project.ts';
import { ProjectSwitcher } from './project-switcher.tsx';

/** Places of the open project, 200 px wide; what was spent today stands at its foot. */
export function Sidebar({ project }: { project: ProjectView | undefined }) {
  return (
    <nav
      aria-label="Places"
      className="flex w-50 flex-none flex-col gap-px overflow-y-auto border-r border-line bg-bg p-2 max-phone:hidden"
    >
      <ProjectSwitcher project={project} />
      <SearchButton />
      {placeGroups.map((group, index) => (
        <Fragment key={group[0]?.segment}>
          {index > 0 && <hr className="m-2 border-line" />}
          {group.map((place) => (
            <PlaceLink key={place.segment} place={place} project={project} />
          ))}
        </Fragment>
      ))}
      <Spent project={project} />
    </nav>
  );
}

function SearchButton() {
  const palette = usePalette();
  const keys = useModKey('K');
  return (
    <button
      type="button"
      onClick={palette.open}
      aria-label="Search and commands"
      className="mt-1 mb-3 flex h-7 items-center gap-2 rounded-control border border-line bg-panel pr-1.5 pl-2 text-12 text-fg-3 hover:bg-hover"
    >
      <Search size={14} strokeWidth={1.9} aria-hidden="true" />
      <span className="flex-1 text-left">Search</span>
      <Kbd>{keys}</Kbd>
    </button>
  );
}

function PlaceLink({ place, project }: { place: Place; project: ProjectView | undefined }) {
  const to = useTo();
  const href = to(place.segment);
  const current = useIsCurrent(place);
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'flex h-7 items-center gap-2 rounded-control px-2 font-medium text-fg-2 hover:bg-hover',
        current && 'bg-active text-fg hover:bg-active',
      )}
    >
      <place.icon size={16} strokeWidth={1.9} className={current ? 'text-fg' : 'text-fg-3'} aria-hidden="true" />
      <span className="flex-1">{place.title}</span>
      <PlaceCount place={place} project={project} />
    </Link>
  );
}

/** Whether the page that is open is the place, lies below it or belongs to it. */
export function useIsCurrent(place: Place): boolean {
  const to = useTo();
  const pathname = usePathname();
  return [place.segment, ...(place.also ?? [])].some((segment) => `${pathname}/`.startsWith(`${to(segment)}/`));
}

/** Tasks beside Inbox, active runs with the turning ring beside Runs; nothing where there are none. */
export function PlaceCount({ place, project }: { place: Place; project: ProjectView | undefined }) {
  if (place.segment === 'inbox' && project && project.waitingTasks > 0)
    return (
      <span className="text-11 text-fg-2">
        {project.waitingTasks}
        <span className="sr-only"> waiting</span>
      </span>
    );
  if (place.segment === 'runs' && project && project.activeRuns > 0)
    return (
      <span className="flex items-center gap-1 text-11 text-fg-2">
        <StatusIcon status="running" size={12} />
        {project.activeRuns}
        <span className="sr-only"> active</span>
      </span>
    );
  return null;
}

function Spent({ project }: { project: ProjectView | undefined }) {
  const model = project?.connections.model;
  return (
    <div className="mt-auto border-t border-line px-2 pt-3 pb-1 text-12">
      <div className="flex justify-between">
        <span>Spent today</span>
        {project ? <Money micros={project.spentTodayMicros} className="font-semibold" /> : <span>–</span>}
      </div>
      <p className="mt-1 truncate text-11 text-fg-2" title={model && `${model.provider} · ${model.model}`}>
        {model ? (model.rehearsal ? 'rehearsal, no model set' : model.model) : ' '}
      </p>
    </div>
  );
}

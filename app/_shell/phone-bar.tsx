'use client';
import { Ellipsis, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { cn } from '#app/_ui/cn.ts';
import type { ProjectView } from '#server/projects/types.ts';
import { usePalette } from './palette/palette-context.tsx';
import { type Place, placeGroups } from './places.ts';
import { useTo } from './project.ts';
import { ProjectSwitcher } from './project-switcher.tsx';
import { PlaceCount, useIsCurrent } from './sidebar.tsx';

const [daily = [], ...rest] = placeGroups;

/** The bar at the bottom of a phone: the daily places, and a drawer with the others. */
export function PhoneBar({ project }: { project: ProjectView | undefined }) {
  const [open, setOpen] = useState(false);
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when another place opens
  useEffect(() => setOpen(false), [pathname]);
  return (
    <nav
      aria-label="Places"
      className="hidden flex-none border-t border-line bg-bg pb-[env(safe-area-inset-bottom)] max-phone:flex"
    >
      {daily.map((place) => (
        <BarLink key={place.segment} place={place} project={project} />
      ))}
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Trigger className={barItem}>
          <Ellipsis size={20} strokeWidth={1.8} aria-hidden="true" />
          More
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="fade-in fixed inset-0 z-40 bg-[rgb(10_11_14/.45)]" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fade-in fixed inset-x-0 bottom-0 z-50 rounded-t-float border-t border-line-strong bg-raised p-2 pb-[calc(8px+env(safe-area-inset-bottom))] shadow-modal"
          >
            <Dialog.Title className="sr-only">More places</Dialog.Title>
            <ProjectSwitcher project={project} />
            <SearchRow onOpen={() => setOpen(false)} />
            {rest.flat().map((place) => (
              <DrawerLink key={place.segment} place={place} />
            ))}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </nav>
  );
}

const barItem = 'relative flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-11 font-medium text-fg-2';
const drawerItem = 'flex h-11 w-full items-center gap-3 rounded-control px-2 text-14 font-medium hover:bg-hover';

function BarLink({ place, project }: { place: Place; project: ProjectView | undefined }) {
  const to = useTo();
  const current = useIsCurrent(place);
  return (
    <Link
      href={to(place.segment)}
      aria-current={current ? 'page' : undefined}
      className={cn(barItem, current && 'text-accent-text')}
    >
      <place.icon size={20} strokeWidth={1.8} aria-hidden="true" />
      {place.title}
      <span className="absolute top-1 left-1/2 ml-2.5 rounded-full bg-bg px-1">
        <PlaceCount place={place} project={project} />
      </span>
    </Link>
  );
}

function DrawerLink({ place }: { place: Place }) {
  const to = useTo();
  return (
    <Link href={to(place.segment)} className={drawerItem}>
      <place.icon size={18} strokeWidth={1.8} className="text-fg-3" aria-hidden="true" />
      {place.title}
    </Link>
  );
}

function SearchRow({ onOpen }: { onOpen: () => void }) {
  const palette = usePalette();
  return (
    <button
      type="button"
      className={drawerItem}
      onClick={() => {
        onOpen();
        palette.open();
      }}
    >
      <Search size={18} strokeWidth={1.8} className="text-fg-3" aria-hidden="true" />
      Search
    </button>
  );
}

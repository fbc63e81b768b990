'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { QueryFailure } from '#app/_api/query-failure.tsx';
import { useKeys } from '#app/_ui/keys.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { PhoneBar } from './phone-bar.tsx';
import { places } from './places.ts';
import { useProject, useTo } from './project.ts';
import { Sidebar } from './sidebar.tsx';

/** Sidebar and page; on a phone the page and a bar at the bottom. */
export function Shell({ children }: { children: ReactNode }) {
  const project = useProject();
  const [keysShown, setKeysShown] = useState(false);
  useGoKeys(() => setKeysShown(true));
  const gone = project.isError && !project.data;
  return (
    <div className="flex h-dvh max-phone:flex-col">
      <Sidebar project={project.data} />
      <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-panel">
        {gone ? <QueryFailure error={project.error} onRetry={() => project.refetch()} /> : children}
      </main>
      <PhoneBar project={project.data} />
      <KeysDialog open={keysShown} onClose={() => setKeysShown(false)} />
    </div>
  );
}

function useGoKeys(showKeys: () => void): void {
  const router = useRouter();
  const to = useTo();
  const go = Object.fromEntries(places.map((place) => [`g ${place.key}`, () => router.push(to(place.segment))]));
  useKeys({ ...go, '?': showKeys });
}

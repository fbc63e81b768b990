'use client';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { Segments } from '#app/_ui/segments.tsx';

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const never = () => () => {};

/** System, light or dark. The server does not know the choice, so nothing is marked before the browser does. */
export function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const chosen = themes.find((each) => each.value === theme)?.value ?? 'system';
  return (
    <div className="grid gap-1">
      <span className="text-12 font-medium">Theme</span>
      <Segments label="Theme" value={inBrowser ? chosen : null} onChange={setTheme} options={themes} />
    </div>
  );
}

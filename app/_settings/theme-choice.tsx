'use client';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { TabList, Tabs } from '#app/_ui/tabs.tsx';

const never = () => () => {};

/** System, light or dark. */
export function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <div className="grid gap-1">
      <span className="text-12 font-medium">Theme</span>
      <Tabs value={inBrowser ? (theme ?? 'system') : ''} onValueChange={setTheme} className="flex">
        <TabList
          label="Theme"
          items={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </Tabs>
    </div>
  );
}

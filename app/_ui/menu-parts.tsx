'use client';
import type { Menu } from 'radix-ui/internal';
import { createContext, type ReactNode, use } from 'react';
import { cn } from './cn.ts';
import { Kbd } from './kbd.tsx';

/** What entries are made of: the menu around them brings it, so that nothing of it is fetched before a menu opens. */
export const MenuParts = createContext<Pick<typeof Menu, 'Item' | 'Label' | 'Separator'> | null>(null);

function useParts() {
  const parts = use(MenuParts);
  if (!parts) throw new Error('An entry of a menu stands outside of a menu.');
  return parts;
}

const itemLook =
  'flex h-7 cursor-default items-center gap-2 rounded-control px-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover max-phone:h-11';

/** One thing to do. `danger` for what cannot be taken back. */
export function MenuItem({
  icon,
  keys,
  danger,
  disabled,
  onSelect,
  children,
}: {
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  const { Item } = useParts();
  return (
    <Item disabled={disabled} onSelect={onSelect} className={cn(itemLook, danger && 'text-st-failed')}>
      <span className={cn('w-4 flex-none', danger ? 'text-st-failed' : 'text-fg-3')}>{icon}</span>
      <span className="flex-1 truncate">{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </Item>
  );
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator className="m-1 h-px bg-line" />;
}

/** A quiet heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  const { Label } = useParts();
  return <Label className="px-2 pt-1.5 pb-1 text-11 font-medium text-fg-3">{children}</Label>;
}

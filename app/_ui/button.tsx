'use client';
import type { VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { buttonLook } from './button-look.ts';
import { cn } from './cn.ts';
import { Kbd } from './kbd.tsx';
import { StatusIcon } from './status-icon.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonLook> & {
    /** Renders the child (a link) with the button's look. */
    asChild?: boolean;
    /** Work in progress: the button shows it and cannot be pressed again. */
    busy?: boolean;
    /** The key that does the same. */
    keys?: string;
    icon?: ReactNode;
  };

/** A button, 28 px high, 44 px on phones. */
export function Button({
  asChild,
  busy = false,
  keys,
  icon,
  variant,
  size,
  shape,
  className,
  children,
  ...rest
}: ButtonProps) {
  const classes = cn(buttonLook({ variant, size, shape }), className);
  if (asChild)
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  return (
    <button type="button" {...rest} className={classes} disabled={rest.disabled || busy} aria-busy={busy || undefined}>
      {busy ? <StatusIcon status="running" className={variant === 'primary' ? 'text-on-accent' : undefined} /> : icon}
      {children}
      {keys && (
        <Kbd className={variant === 'primary' ? 'border-current/45 bg-transparent text-current' : undefined}>
          {keys}
        </Kbd>
      )}
    </button>
  );
}

/** A button with an icon alone; `label` is its name and its tooltip. */
export function IconButton({
  label,
  keys,
  children,
  ...rest
}: Omit<ButtonProps, 'shape' | 'icon' | 'asChild'> & { label: string }) {
  return (
    <Tooltip text={label} keys={keys}>
      <Button {...rest} variant={rest.variant ?? 'ghost'} shape="icon" aria-label={label}>
        {rest.busy ? null : children}
      </Button>
    </Tooltip>
  );
}

'use client';
import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';
import { Kbd } from './kbd.tsx';
import { StatusIcon } from './status-icon.tsx';
import { Tooltip } from './tooltip.tsx';

const styles = cva(
  [
    'inline-flex select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium',
    'transition-colors duration-(--t-fast) disabled:opacity-50 aria-disabled:opacity-50',
    'max-phone:min-h-11',
  ],
  {
    variants: {
      variant: {
        default: 'border-line-strong bg-raised text-fg hover:bg-hover data-[state=open]:bg-active',
        primary: 'border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover',
        ghost: 'border-transparent bg-transparent text-fg-2 hover:bg-hover data-[state=open]:bg-active',
        danger: 'border-line-strong bg-raised text-st-failed hover:bg-st-failed-soft',
        link: 'h-auto! border-transparent px-0! text-accent-text hover:underline max-phone:min-h-9',
      },
      size: { sm: 'h-6 px-2 text-12', md: 'h-7 px-2.5', lg: 'h-8 px-3' },
      shape: { text: '', icon: 'aspect-square px-0! max-phone:min-w-11' },
    },
    defaultVariants: { variant: 'default', size: 'md', shape: 'text' },
  },
);

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof styles> & {
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
  const classes = cn(styles({ variant, size, shape }), className);
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

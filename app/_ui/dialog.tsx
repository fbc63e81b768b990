'use client';
import { X } from 'lucide-react';
import { AlertDialog, Dialog as Radix } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

const overlay = 'fade-in fixed inset-0 z-40 bg-[rgb(10_11_14/.45)]';
const panel = [
  'fade-in fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[min(480px,calc(100vw-24px))] -translate-x-1/2 flex-col',
  'rounded-float border border-line-strong bg-raised shadow-modal max-phone:top-3 max-phone:max-h-[calc(100dvh-24px)]',
];

/** What is asked has the focus first, where something is; a touch screen would answer with its keyboard over the dialog. */
function focusWhatIsAsked(event: Event): void {
  if (matchMedia('(pointer: coarse)').matches || !(event.currentTarget instanceof HTMLElement)) return;
  const body = event.currentTarget.querySelector('[data-asks]');
  const field = body?.querySelector<HTMLElement>(
    ':is(input, textarea, button, .cm-content):not(:disabled, [tabindex="-1"], [hidden], [type="file"])',
  );
  if (!field) return;
  event.preventDefault();
  field.focus();
}

/** A dialog over the page. `footer` holds its buttons; Escape closes. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  footer,
  className,
  onKeyDown,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  footer?: ReactNode;
  className?: string;
  /** Keys of the dialog as a whole, wherever in it the focus is. */
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ReactNode;
}) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={overlay} />
        <Radix.Content
          className={cn(panel, className)}
          onOpenAutoFocus={focusWhatIsAsked}
          {...(onKeyDown ? { onKeyDown } : {})}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="flex items-start gap-2 px-4 pt-3 pb-2">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-14 font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="text-12 text-fg-2">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              {/* No tooltip: where nothing is asked it has the focus first, and its tooltip would take the Escape that is meant for the dialog. */}
              <Button variant="ghost" size="sm" shape="icon" aria-label="Close">
                <X size={14} />
              </Button>
            </Radix.Close>
          </header>
          <div data-asks className="min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-4">
            {children}
          </div>
          {footer && <footer className="flex justify-end gap-2 border-t border-line px-4 py-2">{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Asks before something that cannot be taken back. `action` names what the button does. */
export function ConfirmDialog({
  open,
  onClose,
  onConfirm,
  title,
  action,
  busy,
  children,
}: {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  action: string;
  busy?: boolean;
  children: ReactNode;
}) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlay} />
        <AlertDialog.Content className={cn(panel, 'p-4')}>
          <AlertDialog.Title className="text-14 font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1 mb-4 text-fg-2">{children}</div>
          </AlertDialog.Description>
          <div className="flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Keep it</Button>
            </AlertDialog.Cancel>
            <Button variant="danger" busy={busy} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

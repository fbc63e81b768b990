'use client';
import { type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

/** What a control inside a Field must carry so that label, hint and error belong to it. */
export type FieldControl = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined };

/** A labelled control with a hint and, where something is wrong, an error that says what to do. */
export function Field({
  label,
  hint,
  error,
  className,
  children,
}: {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error || hint;
  return (
    <div className={cn('grid grid-cols-[minmax(0,1fr)] gap-1', className)}>
      <label htmlFor={id} className="text-12 font-medium text-fg">
        {label}
      </label>
      {children({ id, 'aria-describedby': note ? noteId : undefined, 'aria-invalid': error ? true : undefined })}
      {note && (
        <p
          id={noteId}
          className={cn('text-12', error ? 'text-st-failed' : 'text-fg-3')}
          role={error ? 'alert' : undefined}
        >
          {note}
        </p>
      )}
    </div>
  );
}

'use client';
import { useLayoutEffect, useRef } from 'react';
import { cn } from '#app/_ui/cn.ts';
import { useElements } from './context.ts';

type Props = {
  flowId: string;
  value: string;
  label: string;
  placeholder: string;
  className: string;
  maxLength: number;
};

/** One line that is edited where it stands: Enter or leaving it keeps the text, Escape does not. */
export function InPlaceLine({ flowId, value, label, placeholder, className, maxLength }: Props) {
  const settle = useSettle(flowId);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.select(), []);
  return (
    <input
      ref={input}
      aria-label={label}
      placeholder={placeholder}
      maxLength={maxLength}
      defaultValue={value}
      className={cn('nodrag nopan', className)}
      onBlur={(event) => settle(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') settle(event.currentTarget.value);
        if (event.key === 'Escape') settle(null);
      }}
    />
  );
}

/** Several lines that are edited where they stand: leaving them, or Escape, keeps the text. */
export function InPlaceText({ flowId, value, label, placeholder, className, maxLength }: Props) {
  const settle = useSettle(flowId);
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    area.current?.focus();
    area.current?.setSelectionRange(value.length, value.length);
  }, [value.length]);
  return (
    <textarea
      ref={area}
      aria-label={label}
      placeholder={placeholder}
      maxLength={maxLength}
      defaultValue={value}
      className={cn('nodrag nopan nowheel', className)}
      onBlur={(event) => settle(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') settle(event.currentTarget.value);
      }}
    />
  );
}

/** Once only: what ends the editing takes the field away, which leaves it once more. */
function useSettle(flowId: string): (text: string | null) => void {
  const elements = useElements();
  const settled = useRef(false);
  return (text) => {
    if (settled.current) return;
    settled.current = true;
    elements?.settle(flowId, text);
  };
}

'use client';
import { type ComponentProps, useId, useState } from 'react';
import { Input, Textarea } from '#app/_ui/input.tsx';
import { useSession } from '../../session/context.ts';

/** What is typed into a field, which follows into the document a moment later. */
export function useTypedText(value: string, onChange: (text: string) => void) {
  const { document } = useSession();
  const field = useId();
  const [text, setText] = useState(value);
  const [, showAgain] = useState(0);
  return {
    value: document.isTyped(field) ? text : value,
    onChange: (event: { target: { value: string } }) => {
      const next = event.target.value;
      setText(next);
      document.later(field, () => onChange(next));
    },
    // What the document did not take gives way to what it holds.
    onBlur: () => {
      document.flush();
      showAgain((turn) => turn + 1);
    },
  };
}

type Line<Element extends 'input' | 'textarea'> = Omit<ComponentProps<Element>, 'onChange' | 'onBlur' | 'value'> & {
  value: string;
  onText: (text: string) => void;
};

/** A line of text of the document. */
export function TypedInput({ value, onText, ...rest }: Line<'input'>) {
  return <Input {...rest} {...useTypedText(value, onText)} />;
}

/** Several lines of text of the document. */
export function TypedTextarea({ value, onText, ...rest }: Line<'textarea'>) {
  return <Textarea {...rest} {...useTypedText(value, onText)} />;
}

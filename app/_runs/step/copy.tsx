'use client';
import { Button } from '#app/_ui/button.tsx';
import { sayDone, sayFailed } from '#app/_ui/toaster.tsx';
import type { Json } from '#nodes/core/json.ts';

/** Copies a value: a text as it is, anything else as JSON. */
export function Copy({ value }: { value: Json }) {
  const copy = () =>
    navigator.clipboard.writeText(typeof value === 'string' ? value : JSON.stringify(value, null, 2)).then(
      () => sayDone('Copied'),
      () => sayFailed('Could not copy', 'The browser did not allow it. Select the text and copy it with the keyboard.'),
    );
  return (
    <Button variant="link" size="sm" onClick={copy}>
      Copy
    </Button>
  );
}

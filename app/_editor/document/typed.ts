/** What is typed reaches the document so soon after its first key. */
export const typingMs = 120;

/** The edit that somebody types and the document does not have yet: one at a time. */
export type Typed = {
  /**
   * Makes an edit a moment later, so that typing does not wait for the document. Another one for the same field takes
   * its place; everything else that touches the document makes it first.
   */
  later(field: string, edit: () => void): void;
  /** Whether an edit of this field waits. */
  isTyped(field: string): boolean;
  /** Makes the edit that waits. */
  flush(): void;
};

/** Holds back what is typed for a moment. It is never held for longer, however fast the keys come. */
export function createTyped(): Typed {
  let waiting: { field: string; edit: () => void } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    const edit = waiting?.edit;
    waiting = null;
    edit?.();
  };
  return {
    later(field, edit) {
      if (waiting && waiting.field !== field) flush();
      if (!waiting) timer = setTimeout(flush, typingMs);
      waiting = { field, edit };
    },
    isTyped: (field) => waiting?.field === field,
    flush,
  };
}

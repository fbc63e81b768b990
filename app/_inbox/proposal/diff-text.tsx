import { type DiffPart, wordDiff } from './word-diff.ts';

/** A text with its changes: what was taken out is struck red, what was put in is green. */
export function DiffText({ before, after }: { before: string; after: string }) {
  return (
    <span className="whitespace-pre-wrap">
      {wordDiff(before, after).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity beyond their place
        <Part key={index} part={part} />
      ))}
    </span>
  );
}

function Part({ part }: { part: DiffPart }) {
  switch (part.kind) {
    case 'added':
      return <ins>{part.text}</ins>;
    case 'removed':
      return <del>{part.text}</del>;
    case 'same':
      return part.text;
  }
}

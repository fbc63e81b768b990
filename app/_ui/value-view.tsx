'use client';
import { File } from 'lucide-react';
import { type ReactNode, useContext, useState } from 'react';
import type { FileRef } from '#nodes/core/capabilities.ts';
import type { Json, JsonObject } from '#nodes/core/json.ts';
import { brief, inReadingOrder } from './brief.ts';
import { Button } from './button.tsx';
import { bytes } from './format.ts';
import { ShowText } from './show-text.ts';

const shownItems = 20;
const shownDepth = 5;

/**
 * Any value, readable: texts with their lines, objects as name and value, long lists in part. `aside`: what stands at the
 * end of each member of an object, by its name.
 */
export function ValueView({
  value,
  depth = 0,
  aside,
}: {
  value: Json;
  depth?: number;
  aside?: ((member: string) => ReactNode) | undefined;
}) {
  if (value === null) return <span className="text-fg-3">nothing</span>;
  if (typeof value === 'string') return <TextValue text={value} />;
  if (typeof value !== 'object') return <span>{brief(value)}</span>;
  if (depth >= shownDepth) return <code className="font-mono text-11 break-all">{JSON.stringify(value)}</code>;
  if (Array.isArray(value)) return <ListValue items={value} depth={depth} />;
  if (isFile(value)) return <FileValue file={value} />;
  return <ObjectValue object={value} depth={depth} aside={aside} />;
}

function TextValue({ text }: { text: string }) {
  const show = useContext(ShowText);
  if (text === '') return <span className="text-fg-3">empty text</span>;
  return <span className="break-words whitespace-pre-wrap">{show ? show(text) : text}</span>;
}

function ListValue({ items, depth }: { items: Json[]; depth: number }) {
  const [all, setAll] = useState(items.length <= shownItems);
  if (items.length === 0) return <span className="text-fg-3">no items</span>;
  const plain = items.every((item) => item === null || typeof item !== 'object');
  if (plain && items.length <= 8) return <span>{items.map((item) => brief(item)).join(', ')}</span>;
  return (
    <ol className="grid gap-1">
      {(all ? items : items.slice(0, shownItems)).map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a value does not change, and its items have no names
        <li key={index} className="grid grid-cols-[28px_minmax(0,1fr)]">
          <span className="text-11 leading-5 text-fg-3">{index + 1}</span>
          <ValueView value={item} depth={depth + 1} />
        </li>
      ))}
      {!all && (
        <li>
          <Button variant="link" size="sm" onClick={() => setAll(true)}>
            Show all {items.length}
          </Button>
        </li>
      )}
    </ol>
  );
}

type ObjectProps = { object: JsonObject; depth: number; aside: ((member: string) => ReactNode) | undefined };

function ObjectValue({ object, depth, aside }: ObjectProps) {
  const entries = inReadingOrder(Object.entries(object));
  if (entries.length === 0) return <span className="text-fg-3">empty</span>;
  return (
    <dl className="grid gap-y-1">
      {entries.map(([key, member]) => (
        <div key={key} className="grid grid-cols-[minmax(68px,28%)_minmax(0,1fr)] gap-x-2">
          <dt className="truncate text-fg-3" title={key}>
            {key}
          </dt>
          <dd className="min-w-0">
            <ValueView value={member} depth={depth + 1} />
            {aside?.(key)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FileValue({ file }: { file: FileRef }) {
  return (
    <span className="inline-flex items-center gap-1">
      <File size={12} className="text-fg-3" aria-hidden="true" />
      {file.name} <span className="text-fg-3">{bytes(file.bytes)}</span>
    </span>
  );
}

function isFile(value: JsonObject): value is FileRef {
  return value.kind === 'file' && typeof value.name === 'string' && typeof value.bytes === 'number';
}

'use client';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { type EditorKey, editorKeys } from './editor-keys.ts';
import { commandKey } from './platform.ts';

const groups = ['Edit', 'Draw', 'See', 'Run'] as const;
const clipboard: Pick<EditorKey, 'keys' | 'text'>[] = [
  { keys: ['mod+c'], text: 'Copy' },
  { keys: ['mod+x'], text: 'Cut' },
  { keys: ['mod+v'], text: 'Paste, also from and into a text file' },
];

/** All keys of the editor. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Keys"
      description="They work while you are not typing."
      className="w-[min(720px,calc(100vw-24px))]"
    >
      <div className="columns-2 gap-8 max-phone:columns-1">
        {groups.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-12 font-semibold">{group}</h3>
            <dl>
              {editorKeys
                .filter((entry) => entry.group === group)
                .concat(group === 'Edit' ? (clipboard as EditorKey[]) : [])
                .map((entry) => (
                  <Line key={entry.text} entry={entry} />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Line({ entry: { keys, text } }: { entry: Pick<EditorKey, 'keys' | 'text'> }) {
  return (
    <div className="flex min-h-6 items-center justify-between gap-2">
      <dt className="text-fg-2">{text}</dt>
      <dd className="flex flex-none gap-1">
        {keys.map((key) => (
          <Kbd key={key} className="max-phone:inline-flex">
            {shownKey(key)}
          </Kbd>
        ))}
      </dd>
    </div>
  );
}

const signs: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: '⌫',
};

function shownKey(key: string): string {
  return key
    .split('+')
    .map((part) =>
      part === 'mod'
        ? commandKey()
        : part === 'shift'
          ? '⇧'
          : (signs[part] ?? (part.length === 1 ? part.toUpperCase() : part)),
    )
    .join(' ');
}

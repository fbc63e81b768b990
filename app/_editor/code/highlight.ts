import type { Extension } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

const cel =
  /("(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)|(\b\d+(?:\.\d+)?\b)|(\b(?:true|false|null|in)\b)|(\b[A-Za-z_]\w*(?=\s*\())/g;
const json = /("(?:\\.|[^"\\])*"?(?=\s*:))|("(?:\\.|[^"\\])*"?)|(-?\b\d+(?:\.\d+)?\b)|(\b(?:true|false|null)\b)/g;
const classes = {
  cel: ['sg-code-text', 'sg-code-number', 'sg-code-word', 'sg-code-call'],
  json: ['sg-code-name', 'sg-code-text', 'sg-code-number', 'sg-code-word'],
  template: ['sg-code-hole'],
} as const;
const patterns = { cel, json, template: /(\{\{[^}]*\}?\}?)/g } as const;

/** Colours what the patterns of a language find, by class. */
export function highlight(language: keyof typeof patterns): Extension {
  const marks = classes[language].map((name) => Decoration.mark({ class: name }));
  const finder = new MatchDecorator({
    regexp: patterns[language],
    decoration: (match) => marks[match.slice(1).findIndex((group) => group !== undefined)] ?? null,
  });
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = finder.createDeco(view);
      }
      update(change: ViewUpdate) {
        this.decorations = finder.updateDeco(change, this.decorations);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

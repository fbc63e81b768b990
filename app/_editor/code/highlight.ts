import type { Extension } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { CodeLanguage } from './code-editor.tsx';

const cel =
  /("(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)|(\b\d+(?:\.\d+)?\b)|(\b(?:true|false|null|in)\b)|(\b[A-Za-z_]\w*(?=\s*\())/g;
const json = /("(?:\\.|[^"\\])*"?(?=\s*:))|("(?:\\.|[^"\\])*"?)|(-?\b\d+(?:\.\d+)?\b)|(\b(?:true|false|null)\b)/g;
const hole = /\{\{[^}]*\}?\}?/g;
const classes = {
  cel: ['sg-code-text', 'sg-code-number', 'sg-code-word', 'sg-code-call'],
  json: ['sg-code-name', 'sg-code-text', 'sg-code-number', 'sg-code-word'],
} as const;
const marksOf = (names: readonly string[]) => names.map((name) => Decoration.mark({ class: name }));

/** Colours what the patterns of a language find, by class; in a template, what stands in its holes. */
export function highlight(language: CodeLanguage): Extension {
  return coloured(language === 'template' ? holes() : plain(language === 'json' ? json : cel, classes[language]));
}

function plain(regexp: RegExp, names: readonly string[]): MatchDecorator {
  const marks = marksOf(names);
  return new MatchDecorator({ regexp, decoration: (match) => marks[groupOf(match)] ?? null });
}

function holes(): MatchDecorator {
  const whole = Decoration.mark({ class: 'sg-code-hole' });
  const marks = marksOf(classes.cel);
  return new MatchDecorator({
    regexp: hole,
    decorate(add, from, to, match) {
      const parts = [...match[0].matchAll(cel)].map((part) => ({
        from: from + part.index,
        to: from + part.index + part[0].length,
        value: marks[groupOf(part)],
      }));
      add(from, to, whole);
      for (const part of parts) if (part.value) add(part.from, part.to, part.value);
    },
  });
}

const groupOf = (match: RegExpExecArray): number => match.slice(1).findIndex((group) => group !== undefined);

function coloured(finder: MatchDecorator): Extension {
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

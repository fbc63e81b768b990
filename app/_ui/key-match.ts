export type KeyMap = Record<string, () => void>;
export type Pressed = { key: string; at: number };

/** The key that begins a chord, as in `g i`. After it, a single key means nothing by itself. */
const prefix = 'g';
/** How long the second key of a chord may take. */
const chordMs = 900;

/** What a key press does, given the one before it; undefined: nothing. */
export function actionOf(keys: KeyMap, before: Pressed | null, pressed: Pressed): (() => void) | undefined {
  const inChord = before?.key === prefix && pressed.at - before.at < chordMs;
  const name = inChord ? `${prefix} ${pressed.key}` : pressed.key;
  return Object.hasOwn(keys, name) ? keys[name] : undefined;
}

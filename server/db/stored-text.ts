/** Text that Postgres can hold: NUL and halves of surrogate pairs, which are no text, become U+FFFD. */
export function storedText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

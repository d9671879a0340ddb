/** Text in place of a stretch of other text; an insertion where the stretch has no length. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Returns a text with edits, which do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let written = "";
  let last = 0;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    written += text.slice(last, edit.start) + edit.text;
    last = edit.end;
  }
  return written + text.slice(last);
}

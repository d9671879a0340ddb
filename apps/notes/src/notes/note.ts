/** What its writer types. */
export interface NoteContent {
  readonly title: string;
  readonly body: string;
}

/** A note as it is kept. */
export interface Note extends NoteContent {
  /** A positive integer, never given twice. */
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly updatedAtMs: number;
}

interface NoteDateProps {
  readonly updatedAtMs: number;
}

const dateFormat = new Intl.DateTimeFormat("en", { dateStyle: "long" });

/** The day on which a note was last changed, in its reader's time zone. */
export function NoteDate({ updatedAtMs }: NoteDateProps) {
  const date = new Date(updatedAtMs);
  return <time dateTime={date.toISOString()}>{dateFormat.format(date)}</time>;
}

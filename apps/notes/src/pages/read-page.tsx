import { editPath } from "../navigation/page.ts";
import { useDocumentTitle } from "../navigation/use-document-title.ts";
import type { Note } from "../notes/note.ts";
import { BackLink } from "../parts/back-link.tsx";
import { NoteBody } from "../parts/note-body.tsx";
import { NoteDate } from "../parts/note-date.tsx";

interface ReadPageProps {
  readonly note: Note;
  readonly hasDraft: boolean;
  readonly onRemove: (note: Note) => void;
}

/** One note, to read. */
export function ReadPage({ note, hasDraft, onRemove }: ReadPageProps) {
  useDocumentTitle(note.title);
  return (
    <article>
      <BackLink />
      <h1 data-page-start tabIndex={-1}>
        {note.title}
      </h1>
      <p class="meta">
        <NoteDate updatedAtMs={note.updatedAtMs} />
        {hasDraft && " · has unsaved changes"}
      </p>
      <NoteBody body={note.body} />
      <footer class="actions">
        <a class="button" href={editPath(note.id)}>
          Edit
        </a>
        <button type="button" class="quiet danger" onClick={() => onRemove(note)}>
          Delete
        </button>
      </footer>
    </article>
  );
}

import { editPath, notePath } from "../navigation/page.ts";
import { useDocumentTitle } from "../navigation/use-document-title.ts";
import { excerpt } from "../notes/body-blocks.ts";
import type { Note } from "../notes/note.ts";
import { NoteDate } from "../parts/note-date.tsx";

interface ListPageProps {
  readonly notes: readonly Note[];
  readonly newId: number;
}

/** Every note, the last changed first. */
export function ListPage({ notes, newId }: ListPageProps) {
  useDocumentTitle("All notes");
  return (
    <>
      <h1 data-page-start tabIndex={-1}>
        All notes
      </h1>
      {notes.length === 0 ? (
        <p class="lead">
          Nothing is written here yet. <a href={editPath(newId)}>Write the first note</a>.
        </p>
      ) : (
        <ul class="note-list">
          {notes.map((note) => (
            <NoteItem key={note.id} note={note} />
          ))}
        </ul>
      )}
    </>
  );
}

function NoteItem({ note }: { readonly note: Note }) {
  return (
    <li class="note-item">
      <h2>
        <a href={notePath(note.id)}>{note.title}</a>
      </h2>
      <p class="meta">
        <NoteDate updatedAtMs={note.updatedAtMs} />
      </p>
      <p class="excerpt">{excerpt(note.body)}</p>
    </li>
  );
}

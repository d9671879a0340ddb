import { useState } from "preact/hooks";
import type { Navigation } from "../navigation/navigation.ts";
import { notePath } from "../navigation/page.ts";
import { useDocumentTitle } from "../navigation/use-document-title.ts";
import type { Note, NoteContent } from "../notes/note.ts";
import type { NoteStore } from "../notes/note-store.ts";
import { NoteForm } from "../parts/note-form.tsx";

interface EditPageProps {
  readonly id: number;
  /** Absent for a note that is not written yet. */
  readonly note: Note | undefined;
  readonly store: NoteStore;
  readonly navigation: Navigation;
}

const empty: NoteContent = { title: "", body: "" };

/** One note, to write. */
export function EditPage({ id, note, store, navigation }: EditPageProps) {
  const [draft] = useState(() => store.draft(id));
  const [problem, setProblem] = useState<string>();
  const heading = note === undefined ? "New note" : "Edit note";
  useDocumentTitle(note === undefined ? heading : `Edit “${note.title}”`);

  function save(content: NoteContent): void {
    try {
      store.save(id, content);
    } catch {
      setProblem("The browser’s storage is full, so this note is not saved. Delete another first.");
      return;
    }
    navigation.go(notePath(id));
  }

  function cancel(): void {
    store.dropDraft(id);
    navigation.go(note === undefined ? "/" : notePath(id));
  }

  return (
    <>
      <h1 class="form-heading">{heading}</h1>
      {draft !== undefined && (
        <p class="notice">These are your unsaved changes. Cancel brings the saved note back.</p>
      )}
      <NoteForm
        initial={draft ?? note ?? empty}
        problem={problem}
        onType={(content) => store.keepDraft(id, content)}
        onSave={save}
        onCancel={cancel}
      />
    </>
  );
}

import { useId, useRef } from "preact/hooks";
import type { NoteContent } from "../notes/note.ts";

interface NoteFormProps {
  readonly initial: NoteContent;
  /** Why the last attempt to save has failed. */
  readonly problem: string | undefined;
  readonly onType: (content: NoteContent) => void;
  readonly onSave: (content: NoteContent) => void;
  readonly onCancel: () => void;
}

/** Title and text with Save and Cancel. Control or Command and S saves as well. */
export function NoteForm({ initial, problem, onType, onSave, onCancel }: NoteFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const titleId = useId();
  const bodyId = useId();

  function saveByKey(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  }

  return (
    <form
      ref={form}
      class="note-form"
      onInput={(event) => onType(contentOf(event.currentTarget))}
      onKeyDown={saveByKey}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(contentOf(event.currentTarget));
      }}
    >
      <label for={titleId}>Title</label>
      <input
        id={titleId}
        name="title"
        class="title-field"
        defaultValue={initial.title}
        data-page-start
        required
        pattern=".*\S.*"
        title="A few words"
        autocomplete="off"
        maxLength={120}
      />
      <label for={bodyId}>Text</label>
      <textarea id={bodyId} name="body" class="body-field" defaultValue={initial.body} rows={12} />
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="actions">
        <button type="submit" class="button primary" aria-keyshortcuts="Control+S Meta+S">
          Save
        </button>
        <button type="button" class="quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function contentOf(form: HTMLFormElement): NoteContent {
  const fields = new FormData(form);
  return { title: String(fields.get("title")), body: String(fields.get("body")) };
}

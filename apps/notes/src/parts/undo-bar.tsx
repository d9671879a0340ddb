import type { Note } from "../notes/note.ts";

interface UndoBarProps {
  readonly removed: Note | undefined;
  readonly onUndo: (note: Note) => void;
  readonly onDismiss: () => void;
}

/** Says that a note is gone and offers it back, for as long as its reader likes. */
export function UndoBar({ removed, onUndo, onDismiss }: UndoBarProps) {
  return (
    // There from the start: a live region announces only what changes in it.
    <div class="undo-region" role="status">
      {removed !== undefined && (
        <div class="undo-bar">
          <p>Deleted “{removed.title}”.</p>
          <button type="button" class="quiet" onClick={() => onUndo(removed)}>
            Undo
          </button>
          <button type="button" class="quiet" aria-label="Dismiss" onClick={onDismiss}>
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
              <path class="stroke" d="M3 3l10 10M13 3L3 13" />
            </svg>
          </button>
        </div>
      )}
    </div>
  );
}

import type { RefObject } from "preact";
import { invalidate } from "../data/actions.ts";

/** Asks for the paths to invalidate. */
export function InvalidateDialog({
  dialog,
}: {
  readonly dialog: RefObject<HTMLDialogElement | null>;
}) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const paths = String(new FormData(form).get("paths"))
      .split(/\s+/)
      .filter((path) => path !== "");
    dialog.current?.close();
    void invalidate(paths);
  };
  return (
    <dialog ref={dialog} aria-labelledby="invalidate-title">
      <form onSubmit={submit}>
        <h2 id="invalidate-title">Invalidate cached objects</h2>
        <p>
          As CloudFront’s CreateInvalidation: each path starts with <code>/</code>, and{" "}
          <code>*</code> may only stand at its end.
        </p>
        <label>
          Paths
          <input
            name="paths"
            type="text"
            value="/*"
            required
            spellcheck={false}
            autocomplete="off"
          />
        </label>
        <div class="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Invalidate
          </button>
        </div>
      </form>
    </dialog>
  );
}

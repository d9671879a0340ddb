import type { Trace } from "../../../src/trace/trace.ts";
import { editedRequest } from "../data/edit-request.ts";

/** Opens the request to be edited and sent again. */
export function EditButton({ trace }: { readonly trace: Trace }) {
  return (
    <button
      type="button"
      onClick={() => {
        editedRequest.value = trace;
      }}
    >
      Edit and replay…
    </button>
  );
}

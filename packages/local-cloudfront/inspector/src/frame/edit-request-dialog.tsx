import { useEffect, useRef, useState } from "preact/hooks";
import type { ShownBody } from "../../../src/inspector/show-body.ts";
import type { Trace } from "../../../src/trace/trace.ts";
import { replay } from "../data/actions.ts";
import { loadBodies } from "../data/bodies.ts";
import { editedRequest, editsOf, fieldsOf, type RequestFields } from "../data/edit-request.ts";

/** Edits a request, and sends it. */
export function EditRequestDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const trace = editedRequest.value;
  useEffect(() => {
    if (trace === undefined) dialog.current?.close();
    else dialog.current?.showModal();
  }, [trace]);
  return (
    <dialog
      ref={dialog}
      class="wide"
      aria-labelledby="edit-title"
      onClose={() => {
        editedRequest.value = undefined;
      }}
    >
      {trace !== undefined && <EditForm key={trace.requestId} trace={trace} />}
    </dialog>
  );
}

function EditForm({ trace }: { readonly trace: Trace }) {
  const [problem, setProblem] = useState("");
  const body = useRequestBody(trace);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => withLineFeeds(String(data.get(name) ?? ""));
    const edits = editsOf({ method: text("method"), path: text("path"), headers: text("headers") });
    if ("notAHeader" in edits) {
      setProblem(`"${edits.notAHeader}" is no header. Write one a line, as in Accept: text/html.`);
      return;
    }
    const isBodyEdited = data.has("body") && text("body") !== withLineFeeds(body?.text ?? "");
    const sent = { ...edits, ...(isBodyEdited && { body: text("body") }) };
    setProblem((await replay(trace.requestId, sent)) ?? "");
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h2 id="edit-title">Edit and replay</h2>
      <HeadFields fields={fieldsOf(trace)} />
      <BodyField bodyBytes={trace.request.bodyBytes} body={body} />
      {problem !== "" && (
        <p class="failure" role="alert">
          {problem}
        </p>
      )}
      <div class="actions">
        <button type="button" onClick={() => (editedRequest.value = undefined)}>
          Cancel
        </button>
        <button type="submit" class="primary">
          Send
        </button>
      </div>
    </form>
  );
}

/** Forms have line ends of their own. */
function withLineFeeds(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** The body of a request; undefined while it is loaded, and where it is empty or not kept. */
function useRequestBody({ requestId, request: { bodyBytes } }: Trace): ShownBody | undefined {
  const [body, setBody] = useState<ShownBody>();
  useEffect(() => {
    if (bodyBytes === 0) return;
    void loadBodies(requestId).then((loaded) => {
      if ("value" in loaded) setBody(loaded.value.request);
    });
  }, [bodyBytes, requestId]);
  return body;
}

function HeadFields({ fields }: { readonly fields: RequestFields }) {
  return (
    <>
      <div class="request-line">
        <label>
          Method
          <input name="method" required spellcheck={false} defaultValue={fields.method} />
        </label>
        <label>
          Path
          <input name="path" required spellcheck={false} defaultValue={fields.path} />
        </label>
      </div>
      <label>
        Headers
        <textarea
          name="headers"
          rows={8}
          spellcheck={false}
          aria-describedby="edit-hint"
          defaultValue={fields.headers}
        />
      </label>
      <p id="edit-hint">
        A header’s value that is <code>[masked]</code> is sent as it was; a body that you edit is
        sent as it stands here.
      </p>
    </>
  );
}

interface BodyFieldProps {
  readonly bodyBytes: number;
  readonly body: ShownBody | undefined;
}

/** A body can be edited where it is shown as it was sent. */
function BodyField({ bodyBytes, body }: BodyFieldProps) {
  const isShownAsSent =
    body === undefined
      ? bodyBytes === 0
      : body.shownBytes === body.totalBytes &&
        body.text !== undefined &&
        body.decodedFrom === undefined;
  if (!isShownAsSent) {
    return <p>Its body is sent as it was, where all of it is kept.</p>;
  }
  return (
    <label>
      Body
      <textarea name="body" rows={4} spellcheck={false} defaultValue={body?.text ?? ""} />
    </label>
  );
}

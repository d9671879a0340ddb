import { useState } from "preact/hooks";
import type { ShownBody } from "../../../src/inspector/show-body.ts";
import type { ApiResult } from "../data/ask.ts";
import { loadBodies } from "../data/bodies.ts";
import { bytesOfBase64, hexDump } from "../data/hex-dump.ts";
import { spokenBytes } from "../data/spoken.ts";
import { CopyButton } from "./copy-button.tsx";

interface BodyBlockProps {
  readonly requestId: string;
  readonly message: "request" | "response";
  readonly bodyBytes: number;
}

/** A body, loaded when it is opened, as text and as bytes. */
export function BodyBlock({ requestId, message, bodyBytes }: BodyBlockProps) {
  const [result, setResult] = useState<ApiResult<ShownBody | undefined>>();
  if (bodyBytes === 0) return null;
  const title = message === "request" ? "Request body" : "Response body";
  const load = async (isOpen: boolean): Promise<void> => {
    if (!isOpen || result !== undefined) return;
    const loaded = await loadBodies(requestId);
    setResult("value" in loaded ? { value: loaded.value[message] } : loaded);
  };
  return (
    <details class="block" onToggle={({ currentTarget }) => void load(currentTarget.open)}>
      <summary>
        {title} ({spokenBytes(bodyBytes)})
      </summary>
      {result !== undefined && "problem" in result && <p class="reason">{result.problem}</p>}
      {result !== undefined && "value" in result && <Body title={title} body={result.value} />}
    </details>
  );
}

function Body({ title, body }: { readonly title: string; readonly body: ShownBody | undefined }) {
  const [isHex, setIsHex] = useState(body?.text === undefined);
  if (body === undefined) {
    return (
      <p class="reason">What it was read from has changed. Send the request again to see it.</p>
    );
  }
  const text = isHex ? hexDump(bytesOfBase64(body.base64)) : (body.text ?? "");
  return (
    <div class="body">
      <div class="body-head">
        <div class="chips" role="group" aria-label={`How the ${title.toLowerCase()} is shown`}>
          <button
            type="button"
            aria-pressed={!isHex}
            disabled={body.text === undefined}
            onClick={() => setIsHex(false)}
          >
            Text
          </button>
          <button type="button" aria-pressed={isHex} onClick={() => setIsHex(true)}>
            Hex
          </button>
        </div>
        <span class="dim">{extentOf(body)}</span>
        <CopyButton text={text} what={`The ${title.toLowerCase()}`} />
      </div>
      <pre tabIndex={0} aria-label={title} class={isHex ? "hex" : undefined}>
        {text}
      </pre>
    </div>
  );
}

/** How much is shown of how much, and what was decoded. */
function extentOf({ shownBytes, totalBytes, decodedFrom }: ShownBody): string {
  const extent =
    shownBytes === totalBytes
      ? `All of ${spokenBytes(totalBytes)}`
      : `The first ${spokenBytes(shownBytes)} of ${spokenBytes(totalBytes)}`;
  return decodedFrom === undefined ? extent : `${extent}, decoded from ${decodedFrom}`;
}

import { useRef } from "preact/hooks";
import { clearRequests } from "../data/actions.ts";
import { connection, served } from "../data/listen.ts";
import { requests } from "../data/requests.ts";
import { InvalidateDialog } from "./invalidate-dialog.tsx";

const connectionWords = {
  connecting: "Connecting",
  live: "Live",
  lost: "Not connected",
} as const;

/** What is served, whether the page is live, and what can be done to all. */
export function TopBar() {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <header class="top-bar">
      <h1>
        <img src="/favicon.svg" alt="" width="24" height="24" />
        Inspector
      </h1>
      <ServedLine />
      <p class="connection" data-state={connection.value}>
        {connectionWords[connection.value]}
      </p>
      <div class="actions">
        <button type="button" onClick={() => dialog.current?.showModal()}>
          Invalidate…
        </button>
        <a class="button" href="/api/har" download aria-label="Save all as HAR">
          HAR
        </a>
        <button
          type="button"
          disabled={requests.value.length === 0}
          onClick={() => void clearRequests()}
        >
          Clear
        </button>
      </div>
      <InvalidateDialog dialog={dialog} />
    </header>
  );
}

function ServedLine() {
  const known = served.value;
  if (known === undefined) return <p class="served" />;
  return (
    <p class="served">
      <a href={known.url} target="_blank" rel="noreferrer">
        {known.url.replace(/^https?:\/\//, "")}
      </a>
      <span title={known.domainName}>{known.logicalId}</span>
    </p>
  );
}

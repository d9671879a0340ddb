import { useEffect } from "preact/hooks";
import { notice } from "../data/actions.ts";
import { selectedId } from "../data/selection.ts";
import { DetailsPane } from "../details/details-pane.tsx";
import { ListPane } from "../list/list-pane.tsx";
import { EditRequestDialog } from "./edit-request-dialog.tsx";
import { FactDialog } from "./fact-dialog.tsx";
import { TopBar } from "./top-bar.tsx";
import { isTyping } from "./is-typing.ts";

/** The whole page: the list of requests, and the details of the one that is looked at. */
export function InspectorPage() {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return (
    <div class="page" data-view={selectedId.value === undefined ? "list" : "details"}>
      <TopBar />
      <main class="panes">
        <ListPane />
        <DetailsPane />
      </main>
      <Notice />
      <FactDialog />
      <EditRequestDialog />
    </div>
  );
}

function Notice() {
  const text = notice.value;
  useEffect(() => {
    if (text === "") return undefined;
    const timer = setTimeout(() => {
      notice.value = "";
    }, 6000);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class="notice" role="status" data-shown={text !== ""}>
      {text}
    </p>
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !isTyping(event.target)) {
    event.preventDefault();
    document.querySelector<HTMLInputElement>("#filter")?.focus();
  }
  if (
    event.key === "Escape" &&
    !isTyping(event.target) &&
    document.querySelector("dialog[open]") === null
  ) {
    selectedId.value = undefined;
  }
}

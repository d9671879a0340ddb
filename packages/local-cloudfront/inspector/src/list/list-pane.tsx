import { filterKind, filterText, requests, shownRequests } from "../data/requests.ts";
import type { RequestKind } from "../data/select-requests.ts";
import { EmptyList } from "./empty-list.tsx";
import { RequestList } from "./request-list.tsx";

const kinds: readonly (readonly [RequestKind, string])[] = [
  ["all", "All"],
  ["hits", "Hits"],
  ["misses", "Misses"],
  ["errors", "Errors"],
];

/** The requests, newest first, and the filter over them. */
export function ListPane() {
  const all = requests.value.length;
  const shown = shownRequests.value.length;
  return (
    <section class="list-pane" aria-label="Requests">
      <search class="filter">
        <input
          id="filter"
          type="search"
          placeholder="Filter: /notes 404 -favicon"
          aria-label="Filter requests by words in method, URI, status or result; a minus leaves out"
          aria-keyshortcuts="/"
          spellcheck={false}
          autocomplete="off"
          value={filterText.value}
          onInput={({ currentTarget }) => {
            filterText.value = currentTarget.value;
          }}
        />
        <div class="kinds" role="group" aria-label="Kind of result">
          {kinds.map(([kind, label]) => (
            <button
              key={kind}
              type="button"
              aria-pressed={filterKind.value === kind}
              onClick={() => {
                filterKind.value = kind;
              }}
            >
              {label}
            </button>
          ))}
          <output class="count">
            {shown === all ? counted(all) : `${shown.toLocaleString("en")} of ${counted(all)}`}
          </output>
        </div>
      </search>
      {shown === 0 ? <EmptyList isFiltered={all > 0} /> : <RequestList />}
    </section>
  );
}

function counted(count: number): string {
  return `${count.toLocaleString("en")} request${count === 1 ? "" : "s"}`;
}

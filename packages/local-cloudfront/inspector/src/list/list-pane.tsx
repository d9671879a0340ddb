import type { RequestKind } from "../../../src/inspector/request-kind.ts";
import { filter, requests, showAll, shownRequests } from "../data/requests.ts";
import type { RequestResult } from "../data/select-requests.ts";
import { EmptyList } from "./empty-list.tsx";
import { RequestList } from "./request-list.tsx";

const kinds: readonly (readonly [RequestKind, string])[] = [
  ["document", "Documents"],
  ["asset", "Assets"],
  ["api", "API"],
];
const results: readonly (readonly [RequestResult, string])[] = [
  ["hit", "Hits"],
  ["miss", "Misses"],
  ["error", "Errors"],
];

/** The requests, newest first, and the filter over them. */
export function ListPane() {
  const isFiltered = requests.value.length > 0;
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
          value={filter.value.text}
          onInput={({ currentTarget }) => {
            filter.value = { ...filter.value, text: currentTarget.value };
          }}
        />
        <Chips />
      </search>
      {shownRequests.value.length === 0 ? <EmptyList isFiltered={isFiltered} /> : <RequestList />}
    </section>
  );
}

/** One kind and one result at most; what is chosen is let go by choosing it again. */
function Chips() {
  const { kind, result } = filter.value;
  const all = requests.value.length;
  const shown = shownRequests.value.length;
  return (
    <div class="chips" role="group" aria-label="Kind of request and its result">
      <Chip
        label="All"
        isPressed={kind === undefined && result === undefined}
        onPress={() => {
          filter.value = { ...showAll, text: filter.value.text };
        }}
      />
      {kinds.map(([name, label]) => (
        <Chip
          key={name}
          label={label}
          isPressed={kind === name}
          onPress={() => {
            filter.value = { ...filter.value, kind: kind === name ? undefined : name };
          }}
        />
      ))}
      {results.map(([name, label]) => (
        <Chip
          key={name}
          label={label}
          isPressed={result === name}
          onPress={() => {
            filter.value = { ...filter.value, result: result === name ? undefined : name };
          }}
        />
      ))}
      <output class="count">
        {shown === all ? counted(all) : `${shown.toLocaleString("en")} of ${counted(all)}`}
      </output>
    </div>
  );
}

interface ChipProps {
  readonly label: string;
  readonly isPressed: boolean;
  readonly onPress: () => void;
}

function Chip({ label, isPressed, onPress }: ChipProps) {
  return (
    <button type="button" aria-pressed={isPressed} onClick={onPress}>
      {label}
    </button>
  );
}

function counted(count: number): string {
  return `${count.toLocaleString("en")} request${count === 1 ? "" : "s"}`;
}

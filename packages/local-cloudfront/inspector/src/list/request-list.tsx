import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { shownRequests } from "../data/requests.ts";
import { selectedId } from "../data/selection.ts";
import { visibleRows } from "../data/visible-rows.ts";
import { RequestRow, rowHeight, rowId } from "./request-row.tsx";

/** The list as a listbox of which only the rows in view are drawn. */
export function RequestList() {
  const view = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, height: 800 });
  const shown = shownRequests.value;
  const selectedIndex = shown.findIndex(({ requestId }) => requestId === selectedId.value);
  const measure = (): void => {
    const element = view.current;
    if (element !== null) setScroll({ top: element.scrollTop, height: element.clientHeight });
  };
  useStillView(view, shown[0]?.number ?? 0);
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (view.current !== null) observer.observe(view.current);
    return () => observer.disconnect();
  }, []);

  const select = (index: number): void => {
    const chosen = shown[Math.min(Math.max(index, 0), shown.length - 1)];
    if (chosen === undefined) return;
    selectedId.value = chosen.requestId;
    scrollIntoView(view.current, shown.indexOf(chosen));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = indexAfter(event.key, selectedIndex, shown.length, scroll.height);
    if (index === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    select(index);
  };

  const { first, end } = visibleRows(shown.length, rowHeight, scroll.top, scroll.height);
  const active = shown[selectedIndex];
  const isDrawn = selectedIndex >= first && selectedIndex < end;
  return (
    <div
      ref={view}
      class="request-list"
      role="listbox"
      aria-label="Requests, newest first"
      tabIndex={0}
      aria-activedescendant={active !== undefined && isDrawn ? rowId(active) : undefined}
      onKeyDown={onKeyDown}
      onScroll={measure}
    >
      <div class="rows" role="presentation" style={{ height: `${shown.length * rowHeight}px` }}>
        {shown.slice(first, end).map((request, offset) => (
          <RequestRow
            key={request.number}
            request={request}
            index={first + offset}
            count={shown.length}
            isSelected={request === active}
            onSelect={() => select(first + offset)}
          />
        ))}
      </div>
    </div>
  );
}

/** New requests come in at the top: where somebody has scrolled down, what is read stays in place. */
function useStillView(view: { readonly current: HTMLDivElement | null }, newest: number): void {
  const known = useRef(newest);
  useLayoutEffect(() => {
    const added = newest - known.current;
    known.current = newest;
    const element = view.current;
    if (element !== null && element.scrollTop > 0 && added > 0) {
      element.scrollTop += added * rowHeight;
    }
  }, [newest]);
}

function scrollIntoView(view: HTMLDivElement | null, index: number): void {
  if (view === null) return;
  const top = index * rowHeight;
  const lowest = top + rowHeight - view.clientHeight;
  if (view.scrollTop > top) view.scrollTop = top;
  else if (view.scrollTop < lowest) view.scrollTop = lowest;
}

function indexAfter(
  key: string,
  index: number,
  count: number,
  viewHeight: number,
): number | undefined {
  const page = Math.max(1, Math.floor(viewHeight / rowHeight) - 1);
  switch (key) {
    case "ArrowDown":
    case "j":
      return index + 1;
    case "ArrowUp":
    case "k":
      return index - 1;
    case "PageDown":
      return index + page;
    case "PageUp":
      return index - page;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

import { pageAt } from "./page.ts";

/** The address bar: which path is shown, and how to go to another without loading the document again. */
export interface Navigation {
  readonly path: () => string;
  /** Goes to a path as a link would: a new entry in the history, the page from its top. */
  readonly go: (path: string) => void;
}

/**
 * Returns the navigation of a window, and takes over its links to the app's own pages. All others,
 * and those that open elsewhere, are left to the browser.
 *
 * @param onChange Called after the path has changed; `byLink` is false for back and forward, where
 *   the browser itself restores the scroll position.
 */
export function openNavigation(
  window: Window,
  onChange: (change: { readonly byLink: boolean }) => void,
): Navigation {
  const { document, history, location } = window;
  function go(path: string): void {
    history.pushState(null, "", path);
    onChange({ byLink: true });
  }
  window.addEventListener("popstate", () => onChange({ byLink: false }));
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || !isPlainClick(event) || link.target !== "") return;
    if (link.origin !== location.origin || pageAt(link.pathname).kind === "missing") return;
    event.preventDefault();
    go(link.pathname);
  });
  return { path: () => location.pathname, go };
}

function isPlainClick(event: MouseEvent): boolean {
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  return (
    event.button === 0 && !event.defaultPrevented && !(altKey || ctrlKey || metaKey || shiftKey)
  );
}

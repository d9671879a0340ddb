import { useLayoutEffect } from "preact/hooks";

/** Names the page in the window's title and the browser's history. */
export function useDocumentTitle(title: string): void {
  useLayoutEffect(() => {
    document.title = `${title} · Notes`;
  }, [title]);
}

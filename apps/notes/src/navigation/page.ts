/** What the app shows at a path. */
export type Page =
  | { readonly kind: "list" }
  | { readonly kind: "read"; readonly id: number }
  | { readonly kind: "edit"; readonly id: number }
  | { readonly kind: "missing" };

const notePattern = /^\/notes\/(\d+)(\/edit)?$/;

/** Returns the page at a path, the same paths that the edge sends to the document. */
export function pageAt(path: string): Page {
  if (path === "/") return { kind: "list" };
  const match = notePattern.exec(path);
  if (match === null) return { kind: "missing" };
  return { kind: match[2] === undefined ? "read" : "edit", id: Number(match[1]) };
}

/** Returns the path at which a note is read. */
export function notePath(id: number): string {
  return `/notes/${id}`;
}

/** Returns the path at which a note is edited. */
export function editPath(id: number): string {
  return `/notes/${id}/edit`;
}

/** The place of a fact as a link leads to it. */
export function factPath(id: string): string {
  return `/facts/${letterOf(id).toLowerCase()}/#${id.toLowerCase()}`;
}

/** The page of a rule as a link leads to it. */
export function rulePath(id: string): string {
  return `/rules/${id.toLowerCase()}/`;
}

/** The section of a fact: `C` for `LE-C-04`. */
export function letterOf(id: string): string {
  return id.split("-")[1] ?? "";
}

/** Which rows of a long list are drawn. */
export interface VisibleRows {
  /** The first row that is drawn. */
  readonly first: number;
  /** The row after the last. */
  readonly end: number;
}

/** Rows beyond the edges, so that scrolling shows no gaps. */
const overscan = 8;

/** Returns the rows that a scrolled view needs, however many there are. */
export function visibleRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
): VisibleRows {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((scrollTop + viewHeight) / rowHeight) + overscan);
  return { first: Math.min(first, end), end };
}

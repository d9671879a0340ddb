import type { UnreadPart } from "../unread-parts.ts";

/** What could not be judged, under a heading that counts it. */
export interface UnreadGroup {
  /** As in `1 function could not be judged`. */
  readonly heading: string;
  readonly parts: readonly UnreadPart[];
}

/** Groups what could not be judged: functions by their names, then parts of templates. */
export function unreadGroups(unread: readonly UnreadPart[]): readonly UnreadGroup[] {
  const functions = unread.filter(({ functionName }) => functionName !== undefined);
  const others = unread.filter(({ functionName }) => functionName === undefined);
  return [
    { heading: counted(functions, "function"), parts: functions },
    { heading: counted(others, "part of a template", "parts of templates"), parts: others },
  ].filter(({ parts }) => parts.length > 0);
}

function counted(parts: readonly UnreadPart[], one: string, several = `${one}s`): string {
  return `${parts.length} ${parts.length === 1 ? one : several} could not be judged`;
}

/** Returns the name and the reason, as in `Edge (site): Its code is not on disk.` */
export function describePart({ functionName, stack, subject, message }: UnreadPart): string {
  return functionName === undefined
    ? `${stack}, ${subject}: ${message}`
    : `${functionName} (${stack}): ${message}`;
}

/** Returns a block of lines for a terminal. */
export function describeUnread(unread: readonly UnreadPart[]): string {
  return unreadGroups(unread)
    .map(({ heading, parts }) =>
      [`${heading}:`, ...parts.map((part) => `  ${describePart(part)}`)].join("\n"),
    )
    .join("\n");
}

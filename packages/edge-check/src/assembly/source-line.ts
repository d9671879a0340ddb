import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Returns the first line of a stack trace that is neither Node's nor a library's, relative to the
 * working directory, as in `lib/site.ts:12`.
 */
export function sourceLine(trace: readonly unknown[]): string | undefined {
  for (const frame of trace) {
    const [, place, line] = /((?:file:\/\/)?\/[^()]*?):(\d+):\d+\)?$/.exec(String(frame)) ?? [];
    if (place === undefined || /node_modules/.test(place)) continue;
    const path = place.startsWith("file:") ? fileURLToPath(place) : place;
    return `${relative(process.cwd(), path)}:${line}`;
  }
  return undefined;
}

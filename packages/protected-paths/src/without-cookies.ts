import type { EventHeaders } from "cf-types";

/** Takes cookies out of the headers of a request of Lambda@Edge. */
export function withoutCookies(headers: EventHeaders, isRemoved: (name: string) => boolean): void {
  const lines = headers["cookie"];
  if (!lines) return;
  const kept = lines
    .map((line) => ({
      key: "Cookie",
      value: line.value
        .split("; ")
        .filter((pair) => !isRemoved(pair.split("=", 1)[0] as string))
        .join("; "),
    }))
    .filter((line) => line.value !== "");
  if (kept.length > 0) headers["cookie"] = kept;
  else delete headers["cookie"];
}

import { signal } from "@preact/signals";
import type { RequestEdits } from "../../../src/inspector/request-edits.ts";
import type { Trace } from "../../../src/trace/trace.ts";

/** The request that is edited to be sent again; undefined for none. */
export const editedRequest = signal<Trace | undefined>(undefined);

/** What the fields of a request hold that is edited. */
export interface RequestFields {
  readonly method: string;
  readonly path: string;
  /** One header a line. */
  readonly headers: string;
}

/** Returns a request as it is edited. */
export function fieldsOf({ request }: Pick<Trace, "request">): RequestFields {
  const { method, uri, querystring, headers } = request;
  return {
    method,
    path: querystring === "" ? uri : `${uri}?${querystring}`,
    headers: Object.values(headers)
      .flat()
      .map(({ key, value }) => `${key}: ${value}`)
      .join("\n"),
  };
}

/** Returns the edits that fields stand for, or the first line of the headers that is none. */
export function editsOf({
  method,
  path,
  headers,
}: RequestFields):
  | Required<Pick<RequestEdits, "method" | "path" | "headers">>
  | { readonly notAHeader: string } {
  const lines = headers
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const notAHeader = lines.find((line) => !/^[^:\s]+:/.test(line));
  if (notAHeader !== undefined) return { notAHeader };
  return {
    method: method.trim(),
    path: path.trim(),
    headers: lines.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trim()] as const;
    }),
  };
}

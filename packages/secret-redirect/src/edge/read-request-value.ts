import type { OriginRequest } from "cf-types";
import { pairValue, type RequestReader } from "edge-handler";

/** Where a request carries a value. `host` and `language` are headers that are read in their own way. */
export type ConditionSource = "header" | "host" | "language" | "cookie" | "query" | "method";

/** The parts of an origin request that a decision reads. */
export type RedirectRequest = Pick<OriginRequest, "uri" | "querystring" | "method" | "headers">;

/** What a request of either engine has in the same place. */
export type EngineRequest = Pick<OriginRequest, "uri" | "method">;

/** Returns a value that a request carries, or `undefined` where it carries none. */
export function readRequestValue<Request extends EngineRequest>(
  source: ConditionSource,
  name: string,
  request: Request,
  reader: RequestReader<Request>,
): string | undefined {
  if (source === "method") return request.method;
  if (source === "query") return pairValue(reader.query(request), "&", name);
  const text = reader.header(request, source === "cookie" ? source : name);
  if (source === "header" || text === undefined) return text;
  if (source === "cookie") return pairValue(text, ";", name);
  return source === "host"
    ? text.toLowerCase().replace(/:\d*$/, "")
    : preferredLanguage(text.toLowerCase());
}

function preferredLanguage(acceptLanguage: string): string | undefined {
  let preferred: string | undefined;
  let most = 0;
  acceptLanguage.split(",").forEach((range) => {
    const quality = /; *q=([^;]*)/.exec(range);
    const weight = quality ? Number(quality[1]) : 1;
    if (weight > most) {
      most = weight;
      preferred = (range.split(";")[0] as string).trim();
    }
  });
  return preferred;
}

import type { OriginRequest } from "cf-types";

/** Where a request carries a value. `host` and `language` are headers that are read in their own way. */
export type ConditionSource = "header" | "host" | "language" | "cookie" | "query" | "method";

/** The parts of an origin request that a decision reads. */
export type RedirectRequest = Pick<OriginRequest, "uri" | "querystring" | "method" | "headers">;

/** Returns a value that a request carries, or `undefined` where it carries none. */
export function readRequestValue(
  source: ConditionSource,
  name: string,
  request: RedirectRequest,
): string | undefined {
  if (source === "method") return request.method;
  if (source === "query") return pairValue(request.querystring, "&", name);
  const text = request.headers[source === "cookie" ? source : name]
    ?.map(({ value }) => value)
    .join(source === "cookie" ? ";" : ",");
  if (source === "header" || text === undefined) return text;
  if (source === "cookie") return pairValue(text, ";", name);
  return source === "host"
    ? text.toLowerCase().replace(/:\d*$/, "")
    : preferredLanguage(text.toLowerCase());
}

/** Returns the value of the first pair with that name, percent-decoded. */
export function pairValue(text: string, separator: string, name: string): string | undefined {
  const pair = text.split(separator).find((each) => pairName(each) === name);
  return pair && decode(pair.split("=").slice(1).join("=").trim());
}

/** Returns the name of a pair such as `a=1`, percent-decoded and without white space around it. */
export function pairName(pair: string): string {
  return decode((pair.split("=", 1)[0] ?? "").trim());
}

/** Returns text percent-decoded, or as it is where it is not well encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function preferredLanguage(acceptLanguage: string): string | undefined {
  let preferred: string | undefined;
  let most = 0;
  for (const range of acceptLanguage.split(",")) {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
    const weight = Number(parameters.find((each) => each.startsWith("q="))?.slice(2) ?? 1);
    if (weight > most) {
      most = weight;
      preferred = tag;
    }
  }
  return preferred;
}

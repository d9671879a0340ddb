import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionRequest,
  CloudFrontFunctionValues,
} from "cf-types";
import type { RequestReader } from "./request-reader.ts";

/** A request of CloudFront Functions, as the viewer sent it or as a function before left it. */
export type CloudFrontFunctionReadRequest = Pick<
  CloudFrontFunctionRequest,
  "method" | "uri" | "headers" | "cookies" | "querystring"
> &
  Partial<Pick<CloudFrontFunctionEventRequest, "rawQueryString">>;

/** Reads the requests of CloudFront Functions. */
export const cloudFrontFunctionReader: RequestReader<CloudFrontFunctionReadRequest> = {
  header(request, name) {
    if (name === "cookie") return pairsOf(request.cookies).join("; ") || undefined;
    const header = request.headers[name];
    if (!header || !header.multiValue) return header && header.value;
    return valuesOf(header).join(",");
  },
  /** As the viewer wrote it where no function before has changed it: the event groups pairs by name (FN-I-09). */
  query(request) {
    const asked = request.querystring;
    if (typeof asked === "string") return asked;
    const pairs = pairsOf(asked);
    const raw = (request.rawQueryString && request.rawQueryString()) || "";
    return raw && sortedText(pairs) === sortedText(pairsOfText(raw)) ? raw : pairs.join("&");
  },
};

function valuesOf(each: CloudFrontFunctionValues): string[] {
  return each.multiValue ? each.multiValue.map((line) => line.value) : [each.value];
}

function pairsOf(byName: { [name: string]: CloudFrontFunctionValues }): string[] {
  const pairs: string[] = [];
  Object.keys(byName).forEach((name) => {
    const each = byName[name];
    if (each) valuesOf(each).forEach((value) => pairs.push(`${name}=${value}`));
  });
  return pairs;
}

function pairsOfText(text: string): string[] {
  return text.split("&").map((pair) => (pair.includes("=") ? pair : `${pair}=`));
}

/** Empty pairs say nothing, wherever they stand. */
function sortedText(pairs: string[]): string {
  return pairs
    .filter((pair) => pair !== "=")
    .sort()
    .join("&");
}

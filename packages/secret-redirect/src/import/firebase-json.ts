import { expand } from "brace-expansion";
import { findNodeAtLocation } from "jsonc-parser";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import { elementsAt, leftoversAt, readJsonFile, recordOf } from "./read-json-file.ts";
import type { ImportedEntry, NoRedirect } from "./redirect-source.ts";
import { leftover, redirectStatus } from "./redirect-status.ts";

const owners = {
  rewrites: leftover.rewrite,
  headers: leftover.headers,
  cleanUrls: leftover.cleanUrls,
  trailingSlash: leftover.cleanUrls,
};

/** More than anybody writes in braces. */
const mostAlternatives = 100;

/** Returns the entries of `hosting.redirects` in firebase.json, of each site where there are several. */
export function firebaseJson(text: string): ImportedEntry[] {
  const file = readJsonFile(text);
  if ("problem" in file) return [file.problem];
  const hosting = findNodeAtLocation(file.root, ["hosting"]);
  if (hosting?.type === "array" && (hosting.children ?? []).length > 1) {
    const message =
      "hosting has several sites. Import the redirects of one: give a file with that site alone.";
    return [{ line: file.lineOf(hosting), message }];
  }
  const path = hosting?.type === "array" ? ["hosting", 0] : ["hosting"];
  const beside = leftoversAt(file, path, owners);
  const elements = elementsAt(file, [...path, "redirects"]) ?? [];
  if ("problem" in elements) return [...beside, elements.problem];
  return [
    ...beside,
    ...elements.flatMap(({ line, value }) =>
      readRedirect(value).map((each) => ({ line, ...each })),
    ),
  ];
}

function readRedirect(value: unknown): readonly ({ rule: RedirectRule } | NoRedirect)[] {
  const read = recordOf(value, ["source", "destination", "type"]);
  if ("message" in read) return [read];
  const { source, destination, type = 301 } = read.record;
  if (typeof source !== "string" || typeof destination !== "string") {
    return [
      {
        message: `A redirect has not source and destination: got ${JSON.stringify(value)}. Give both as text.`,
      },
    ];
  }
  const status = redirectStatus(type);
  if (!("status" in status)) return [status];
  const path = source.startsWith("/") ? source : `/${source}`;
  const sources = expand(path, { max: mostAlternatives + 1 });
  // Beside braces a ":" is text.
  const hasNames = sources.length > 1 && path.includes(":");
  if (hasNames || sources.length > mostAlternatives) return [unsupported(source)];
  return sources.map((each) => {
    const paths = patternOf(each, destination);
    if (paths === undefined) return unsupported(source);
    const trailingSlash = each.endsWith("*") ? "ignore" : "strict";
    return { rule: { ...paths, status: status.status, trailingSlash } };
  });
}

function unsupported(source: string): NoRedirect {
  return {
    message: `The source has a glob that is not supported: got ${JSON.stringify(source)}. Supported: :name, {a,b}, * as a whole segment, and at the end :name* or **.`,
  };
}

/**
 * Of globs: `*` as a whole segment, `**` at the end; of segments: `:name`, and `:name*` at the end, which
 * the destination names with its star or without. `@`, `+` and `!` mean something before a bracket only.
 */
function patternOf(
  path: string,
  destination: string,
): { readonly from: string; readonly to: string } | undefined {
  const name = /\/:([A-Za-z_]\w*)\*$/.exec(path)?.[1];
  const open = path.replace(/\/(?::[A-Za-z_]\w*\*|\*\*)$/, "/");
  const hasRest = open !== path;
  let stars = 0;
  const from =
    open.replaceAll(/(?<=\/)\*(?=\/|$)/g, () => `:star${(stars += 1)}`) + (hasRest ? "*" : "");
  // `:name+` is a name once or more.
  if (/[*(){}?|\\[\]]|:\w+\+/.test(hasRest ? from.slice(0, -1) : from)) return undefined;
  const to =
    name === undefined
      ? destination
      : destination.replaceAll(new RegExp(String.raw`:${name}(?:\*|(?!\w))`, "g"), ":splat");
  return { from, to };
}

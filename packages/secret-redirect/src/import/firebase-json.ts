import { findNodeAtLocation } from "jsonc-parser";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import { elementsAt, readJsonFile, recordOf } from "./read-json-file.ts";
import type { ImportedEntry } from "./redirect-source.ts";
import { redirectStatus } from "./redirect-status.ts";

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
  const path = hosting?.type === "array" ? ["hosting", 0, "redirects"] : ["hosting", "redirects"];
  const elements = elementsAt(file, path) ?? [];
  if ("problem" in elements) return [elements.problem];
  return elements.map(({ line, value }) => ({ line, ...readRedirect(value) }));
}

function readRedirect(value: unknown): { rule: RedirectRule } | { message: string } {
  const read = recordOf(value, ["source", "destination", "type"]);
  if ("message" in read) return read;
  const { source, destination, type = 301 } = read.record;
  if (typeof source !== "string" || typeof destination !== "string") {
    return {
      message: `A redirect has not source and destination: got ${JSON.stringify(value)}. Give both as text.`,
    };
  }
  const status = redirectStatus(type);
  if ("message" in status) return status;
  const paths = patternOf(source, destination);
  if ("message" in paths) return paths;
  const trailingSlash = source.endsWith("*") ? "ignore" : "strict";
  return { rule: { ...paths, status: status.status, trailingSlash } };
}

/** Of globs: `*` as a whole segment, `**` at the end; of segments: `:name`, and `:name*` at the end. */
function patternOf(
  source: string,
  destination: string,
): { from: string; to: string } | { message: string } {
  const path = source.startsWith("/") ? source : `/${source}`;
  const name = /\/:([A-Za-z_]\w*)\*$/.exec(path)?.[1];
  const open = path.replace(/\/(?::[A-Za-z_]\w*\*|\*\*)$/, "/");
  const hasRest = open !== path;
  let stars = 0;
  const from =
    open.replaceAll(/(?<=\/)\*(?=\/|$)/g, () => `:star${(stars += 1)}`) + (hasRest ? "*" : "");
  if (/[*(){}!?@+|\\[\]]/.test(hasRest ? from.slice(0, -1) : from)) {
    return {
      message: `The source has a glob that is not supported: got ${JSON.stringify(source)}. Supported: :name, * as a whole segment, and at the end :name* or **.`,
    };
  }
  const to =
    name === undefined
      ? destination
      : destination.replaceAll(new RegExp(`:${name}(?!\\w)`, "g"), ":splat");
  return { from, to };
}

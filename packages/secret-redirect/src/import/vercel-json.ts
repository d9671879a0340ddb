import type { RedirectConditions, RedirectRule } from "../compile/redirect-rule.ts";
import { elementsAt, leftoversAt, readJsonFile, recordOf } from "./read-json-file.ts";
import type { ImportedEntry, NoRedirect } from "./redirect-source.ts";
import { leftover, redirectStatus } from "./redirect-status.ts";
import { findNodeAtLocation } from "jsonc-parser";

const supported = ["source", "destination", "permanent", "statusCode", "has", "missing"];
// They redirect too, each in its own way.
const otherRedirects = ["routes", "bulkRedirectsPath"];

const owners = {
  rewrites: leftover.rewrite,
  headers: leftover.headers,
  trailingSlash: leftover.cleanUrls,
  cleanUrls: leftover.cleanUrls,
};

/** Returns the entries of `redirects` in vercel.json. */
export function vercelJson(text: string): ImportedEntry[] {
  const file = readJsonFile(text);
  if ("problem" in file) return [file.problem];
  const others = otherRedirects.flatMap((name): ImportedEntry[] => {
    const node = findNodeAtLocation(file.root, [name]);
    if (node === undefined || node.value === false) return [];
    return [
      {
        line: file.lineOf(node),
        message: `${name} redirects too and is not supported. Write its redirects as redirects.`,
      },
    ];
  });
  const beside = [...others, ...leftoversAt(file, [], owners)];
  const elements = elementsAt(file, ["redirects"]) ?? [];
  if ("problem" in elements) return [...beside, elements.problem];
  return [...beside, ...elements.map(({ line, value }) => ({ line, ...readRedirect(value) }))];
}

function readRedirect(value: unknown): { rule: RedirectRule } | NoRedirect {
  const read = recordOf(value, supported);
  if ("message" in read) return read;
  const { source, destination, permanent = true, statusCode, has = [], missing = [] } = read.record;
  if (typeof source !== "string" || typeof destination !== "string") {
    return {
      message: `A redirect has not source and destination: got ${JSON.stringify(value)}. Give both as text.`,
    };
  }
  const status = redirectStatus(statusCode ?? (permanent === true ? 308 : 307));
  if (!("status" in status)) return status;
  const paths = patternOf(source, destination);
  if ("message" in paths) return paths;
  const conditions = conditionsOf(has, true, conditionsOf(missing, false, { conditions: {} }));
  if ("message" in conditions) return conditions;
  return {
    rule: {
      ...paths,
      status: status.status,
      // `/docs/:path*` holds for "/docs" too, `/docs/(.*)` does not.
      trailingSlash: /:\w+\*$/.test(source) ? "ignore" : "strict",
      ...(Object.keys(conditions.conditions).length > 0 && conditions),
    },
  };
}

/** Of path-to-regexp: names, and a name or group at the end that stands for the rest. */
function patternOf(
  source: string,
  destination: string,
): { from: string; to: string } | { message: string } {
  const { start, name } =
    /^(?<start>.*\/)(?::(?<name>[A-Za-z_]\w*)(?:\*|\(\.\*\))|\(\.\*\))$/.exec(source)?.groups ?? {};
  const from = start === undefined ? source : `${start}*`;
  if (
    /[(){}+?*|\\[\]]/.test(from.replace(/\*$/, "")) ||
    (start === undefined && from.endsWith("*"))
  ) {
    return {
      message: `The source has a pattern that is not supported: got ${JSON.stringify(source)}. Supported: :name, and at the end :name* or (.*).`,
    };
  }
  const captured = name === undefined ? String.raw`\$1|:0` : String.raw`:${name}\*?|:${name}`;
  const to =
    start === undefined
      ? destination
      : destination.replaceAll(new RegExp(`(?:${captured})(?!\\w)`, "g"), ":splat");
  return { from, to };
}

type Conditions = { conditions: RedirectConditions } | { message: string };

function conditionsOf(given: unknown, isWanted: boolean, sofar: Conditions): Conditions {
  if ("message" in sofar) return sofar;
  let { conditions } = sofar;
  for (const each of Array.isArray(given) ? given : [given]) {
    const { type, key, value } = Object(each);
    const message = `The condition is not supported: got ${JSON.stringify(each)}. Supported: type host, header, cookie or query, with a value that is no regular expression.`;
    if (value !== undefined && (typeof value !== "string" || /[\\^$*+?()[\]{}|]/.test(value)))
      return { message };
    if (type === "host" && isWanted && value !== undefined)
      conditions = { ...conditions, host: value };
    else if (
      (type === "header" || type === "cookie" || type === "query") &&
      typeof key === "string"
    ) {
      if (!isWanted && value !== undefined) return { message };
      conditions = {
        ...conditions,
        [type]: { ...conditions[type as "query"], [key]: value ?? isWanted },
      };
    } else return { message };
  }
  return { conditions };
}

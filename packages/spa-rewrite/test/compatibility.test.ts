import { describe, expect, it } from "vitest";
import {
  type SpaRewriteDecision,
  type SpaRewriteOptions,
  compileSpaRewrite,
  decideSpaRewrite,
  explainSpaRewrite,
  routePattern,
} from "spa-rewrite";
import { eventHeaders, readCases } from "./support.ts";

interface MatrixCase {
  readonly id: string;
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
}
interface PatternCase {
  readonly id: string;
  readonly input: { readonly pattern: string; readonly path: string };
  readonly expected: object | null;
}
interface HistoryCase {
  readonly id: string;
  readonly input: {
    readonly options: Readonly<Record<string, unknown>> | null;
    readonly req: {
      readonly method: string;
      readonly url: string;
      readonly headers?: Readonly<Record<string, string>>;
    };
  };
  readonly expected: { readonly url: string };
}
interface ServeCase {
  readonly id: string;
  readonly input: {
    readonly method: string;
    readonly url: string;
    readonly accept: string;
    readonly config: Readonly<Record<string, unknown>>;
    readonly mocked: readonly string[];
  };
  readonly expected: { readonly status: number };
}

const files = [
  "/index.html",
  "/about.html",
  "/docs/index.html",
  "/admin/index.html",
  "/assets/app.js",
  "/assets/app.css",
  "/favicon.ico",
  "/robots.txt",
  "/.well-known/assetlinks.json",
  "/img/a b.png",
  "/notes/1/photo.jpg",
  "/LICENSE",
];
const site = compileSpaRewrite({
  mode: "fallback",
  apps: [{ prefix: "/admin/*" }],
  dottedPaths: ["/users/:name", "/packages/:name", "/@:user/*"],
  siteFiles: files,
});

/** Why another way of serving a single-page app answers differently, by the rule that decides here. */
const reasons: Readonly<Record<string, string>> = {
  uri: "malformed percent-encoding has no meaning, so that the request passes; CloudFront responds with 400 before any function runs",
  method: "only GET and HEAD ask for a page",
  accept:
    "a program that asks for data, or a page that asks for a part of itself, gets no document",
  dottedPaths: "a missing file keeps its honest 404, and never gets HTML",
  dotFiles: "dot files, `/.well-known` and dot segments are left to the origin",
  "exclude[0]": "`/api` is left to the origin",
  siteFiles: "the site's files are known: pages are served at their clean URLs, without a redirect",
  mode: "a navigation gets the document, and the app shows what it does not know; a dot is taken for a file's name only where a letter follows it, and not in declared paths",
  "apps[0].mode": "the app under the prefix has its own document",
};

function outcome(path: string, decision: SpaRewriteDecision): string {
  const uri = decision.kind === "rewrite" ? decision.uri : path;
  if (uri === "/index.html") return "index";
  let decoded = uri;
  try {
    decoded = decodeURIComponent(uri);
  } catch {
    return "404";
  }
  return files.includes(decoded) ? `file ${decoded}` : "404";
}

function matrixDifferences(peer: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, method, uri, headers, answers } of readCases<MatrixCase>("spa-matrix")) {
    const [path = "", querystring = ""] = uri.split("?");
    const request = { uri: path, querystring, method, headers: eventHeaders(headers) };
    const ours = outcome(path, decideSpaRewrite(site, request));
    const theirs = answers[peer]?.replace(/\?$/, "").replace(/^pass$/, "404");
    if (ours === theirs) continue;
    const { rule } = explainSpaRewrite(site, request);
    found.set(rule, [
      ...(found.get(rule) ?? []),
      `\`${method} ${uri.length > 40 ? `${uri.slice(0, 20)}\u2026` : uri}\` (${theirs}, here ${ours})`,
    ]);
    expect(reasons, `${id}: ${rule}`).toHaveProperty([rule]);
  }
  return found;
}

const patternReasons: Readonly<Record<string, string>> = {
  relative: "refused: a route begins with `/`, as the path of every request does",
  refused: "refused, with what to write instead: a URL would change it, or it would match nothing",
  dot: "differs: URLPattern resolves dot segments in the path that it tests; a request with one passes",
};

function patternDifference({ input, expected }: PatternCase): string | undefined {
  let source: string;
  try {
    source = routePattern(input.pattern, "route");
  } catch (error) {
    return String(error).includes('does not start with "/"') ? "relative" : "refused";
  }
  const matches = new RegExp(`^${source}$`).test(input.path);
  if (matches === (expected !== null)) return undefined;
  return input.path.includes("/.") ? "dot" : "unexplained";
}

const historyReasons: Readonly<Record<string, string>> = {
  accept:
    "without an Accept header any response is welcome (RFC 9110), so that a navigation by a simple program gets the document",
  rewrites:
    "its `rewrites` are regular expressions and functions; here `apps` and `routes` say which path gets which document",
  htmlAcceptHeaders: "its `htmlAcceptHeaders` has no counterpart: `*/*` alone is welcome too",
  index: "differs in form: a document is an absolute path here",
};

function historyDifference({ input, expected }: HistoryCase): string | undefined {
  const { options, req } = input;
  if (options?.["rewrites"] !== undefined) return "rewrites";
  if (options?.["htmlAcceptHeaders"] !== undefined) return "htmlAcceptHeaders";
  if (options?.["index"] !== undefined) return "index";
  const compiled = compileSpaRewrite({
    mode: "fallback",
    ...(options?.["disableDotRule"] === true && { dottedPaths: ["/*"] }),
  });
  const uri = req.url.replace(/^\/?/, "/");
  const decision = decideSpaRewrite(compiled, {
    uri,
    method: req.method,
    headers: eventHeaders(req.headers),
  });
  const result = decision.kind === "rewrite" ? decision.uri : uri;
  if (result === expected.url.replace(/^\/?/, "/")) return undefined;
  return req.headers?.["accept"] === undefined ? "accept" : "unexplained";
}

/** The cases of serve-handler that are about paths; the others are about what a file server does. */
const served: Readonly<Record<string, SpaRewriteOptions>> = {
  "serve-handler-10": { mode: "fallback", trailingSlash: "add" },
  "serve-handler-11": { mode: "fallback", trailingSlash: "add" },
  "serve-handler-12": { mode: "fallback", trailingSlash: "remove" },
  "serve-handler-13": { mode: "fallback", trailingSlash: "remove" },
  "serve-handler-30": { routes: ["/a"] },
  "serve-handler-35": { siteFiles: ["directory/index.html"] },
  "serve-handler-38": { siteFiles: ["directory/clean-file.html"] },
  "serve-handler-46": { mode: "fallback", document: "/clean-file.html" },
  "serve-handler-47": { mode: "fallback" },
  "serve-handler-49": { siteFiles: ["index.html"] },
  "serve-handler-51": { mode: "fallback" },
};
const serveReasons: Readonly<Record<string, string>> = {
  "serve-handler-11":
    "several slashes in a row are no page's other spelling: no redirect, the document is served",
  "serve-handler-13":
    "a path that begins with two slashes is never redirected, since its Location would name another host",
  "serve-handler-38":
    "a page's own file stays reachable: `/about.html` is not redirected to `/about`",
  "serve-handler-47": "a path with dot segments passes; CloudFront or the origin responds to it",
  "serve-handler-49": "`/index` is no page's clean URL",
  "serve-handler-51":
    "malformed percent-encoding passes; CloudFront responds with 400 before any function runs",
};

function serveDifference({ id, input, expected }: ServeCase): boolean | undefined {
  const options = served[id];
  if (options === undefined) return undefined;
  const decision = decideSpaRewrite(compileSpaRewrite(options), {
    uri: input.url,
    method: input.method,
    headers: eventHeaders({ accept: input.accept }),
  });
  const status = { pass: 404, rewrite: 200, redirect: 301 }[decision.kind];
  return status !== expected.status;
}

/** The cases of each difference, by its name. */
function grouped<Case extends { readonly id: string }>(
  cases: readonly Case[],
  difference: (each: Case) => string | undefined,
  show: (each: Case) => string,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const each of cases) {
    const name = difference(each);
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), show(each)]);
  }
  return found;
}

function list(
  found: ReadonlyMap<string, readonly string[]>,
  why: Readonly<Record<string, string>>,
): string {
  return [...found]
    .map(
      ([name, cases]) =>
        `- ${cases.length}: ${why[name] ?? "UNEXPLAINED"}.\n${cases.map((each) => `  - ${each}`).join("\n")}`,
    )
    .join("\n");
}

const patternCases = readCases<PatternCase>("urlpattern-pathname");
const historyCases = readCases<HistoryCase>("connect-history-api-fallback");
const serveCases = readCases<ServeCase>("serve-handler");
const patterns = grouped(
  patternCases,
  patternDifference,
  ({ input }) => `\`${input.pattern.replaceAll("\n", "\\n")}\` on \`${input.path}\``,
);
const history = grouped(
  historyCases,
  historyDifference,
  ({ id, input }) => `${id}: \`${input.req.method} ${input.req.url}\``,
);
const count = (found: ReadonlyMap<string, readonly string[]>) => [...found.values()].flat().length;

describe("the cases of other tools", () => {
  it("are answered alike, or differ for a reason", () => {
    expect([...patterns.keys()]).toEqual(expect.not.arrayContaining(["unexplained"]));
    expect([...history.keys()]).toEqual(expect.not.arrayContaining(["unexplained"]));
    const differing = serveCases
      .filter((each) => serveDifference(each) === true)
      .map(({ id }) => id);
    expect(differing).toEqual(Object.keys(serveReasons));
    expect([...matrixDifferences("reference").keys()]).toEqual(["uri"]);
  });

  it("differ as docs/COMPATIBILITY.md says", async () => {
    const peers = Object.keys(readCases<MatrixCase>("spa-matrix")[0]?.answers ?? {});
    const matrix = peers.map((peer) => {
      const found = matrixDifferences(peer);
      return `### ${peer === "reference" ? "The proposed reference" : peer}: ${94 - count(found)} of 94 alike\n\n${list(found, reasons)}`;
    });
    const text = `# Compatibility

Written by \`test/compatibility.test.ts\` from the cases in \`test/fixtures\`, each of which names its source. \`pnpm exec vitest run test/compatibility.test.ts -u\` writes it again.

## URLPattern: ${140 - count(patterns)} of 140 pathname cases alike

A route matches as \`new URLPattern({ pathname })\` does, on the path decoded once. Of the other cases:

${list(patterns, patternReasons)}

In a decision, not in a match, one thing comes on top: a path whose last segment names a file is no page (\`/foo/index.html\` for \`/foo/:bar\`), unless the route names the dot or \`dottedPaths\` does.

## connect-history-api-fallback 2.0.0: ${38 - count(history)} of 38 alike

Compared with mode \`fallback\`, \`disableDotRule\` being \`dottedPaths: ["/*"]\`.

${list(history, historyReasons)}

## serve-handler 6.1.8: ${Object.keys(served).length} of 65 cases are about paths, ${Object.keys(served).length - Object.keys(serveReasons).length} of them alike

The other ${65 - Object.keys(served).length} are about what a file server does: listings, headers, ranges, symbolic links, rewrites and redirects by glob. A different response:

${Object.entries(serveReasons)
  .map(
    ([id, reason]) =>
      `- ${id}, \`${serveCases.find((each) => each.id === id)?.input.url}\`: ${reason}.`,
  )
  .join("\n")}

## 94 requests to a site, served in ten ways

The site has the files of the matrix; here it is served with \`mode: "fallback"\`, \`apps: [{ prefix: "/admin/*" }]\`, \`dottedPaths: ["/users/:name", "/packages/:name", "/@:user/*"]\` and \`siteFiles\`. A request that passes and finds no file is a 404.

${matrix.join("\n\n")}
`;
    await expect(text).toMatchFileSnapshot("../docs/COMPATIBILITY.md");
  });
});

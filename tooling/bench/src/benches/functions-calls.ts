import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import type { Bench } from "../frame/bench.ts";
import { sideBySide } from "../frame/side-by-side.ts";
import { type Table, type Target, targetColumns, targetRow } from "../frame/table.ts";
import { writeArtefactFolder } from "../functions/artefact-folder.ts";
import { writeBundleFolder } from "../functions/bundle-folder.ts";
import type { SampleEvents } from "../functions/sample-events.ts";
import { TimedHandler } from "../functions/timed-handler.ts";

const rounds = 80;
const ns = (value: number): string => `${value.toFixed(0)} ns`;
const times = (value: number): string => `${value.toFixed(2)} ×`;

/** What is compared; handlers are folders with an `index.cjs`. */
interface Match {
  readonly title: string;
  readonly events: SampleEvents;
  readonly ours: string;
  readonly original: string;
  readonly rivals?: Readonly<Record<string, { readonly folder: string; readonly target?: Target }>>;
}

/** All three functions at default options beside the handlers that people write by hand. */
export const functionsCalls: Bench = {
  name: "functions-calls",
  title: "Functions: one call",
  method:
    "Nanoseconds for a call of the handler alone: the built artefact at default options, the handler as it is written by hand (`async`, without its `console.log`), and libraries, each as one minified CommonJS file in a process of its own, warm after 32,000 calls. The processes take turns, a few milliseconds each, in an order that rotates; every 10 rounds they are new. A measurement is the quickest tenth of 40 batches of 32 calls; each call gets an event of its own, parsed just before its batch. `empty` is what awaiting an answer takes, and is part of all others.",
  run: async () => {
    using root = mkdtempDisposableSync(join(tmpdir(), "bench-calls-"));
    const empty = writeBundleFolder(root.path, "original-handlers", "emptyHandler");
    const tables: Table[] = [];
    for (const each of matches(root.path)) tables.push(await play(each, empty));
    return { tables };
  },
};

function matches(root: string): readonly Match[] {
  const byHand = (handler: string): string => writeBundleFolder(root, "original-handlers", handler);
  const routeRival = (handler: string): string => writeBundleFolder(root, "route-rivals", handler);
  const headerRival = (handler: string): string =>
    writeBundleFolder(root, "header-rivals", handler);
  const routes = ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"];
  const location = "https://example.com/hidden";
  const pages = ["/notes/42", "/notes/4242/edit"];
  const others = ["/", "/assets/index-4fd21b.js", "/api/notes/1.json"];
  const requests = (...uris: readonly string[]): SampleEvents => ({ type: "requests", uris });
  const rewrites = {
    ours: writeArtefactFolder(root, "spa-rewrite", compileSpaRewrite({ routes })),
    original: byHand("originalRewrite"),
  };
  const secrets = {
    ours: writeArtefactFolder(root, "secret-redirect", compileSecretRedirect({ location })),
    original: byHand("originalSecret"),
  };
  return [
    {
      ...rewrites,
      title: "spa-rewrite: two pages and three other paths in turn",
      events: requests(...pages, ...others),
      rivals: {
        "path-to-regexp": { folder: routeRival("pathToRegexpRewrite()") },
        URLPattern: { folder: routeRival("urlPatternRewrite()") },
      },
    },
    { ...rewrites, title: "spa-rewrite: pages", events: requests(...pages) },
    { ...rewrites, title: "spa-rewrite: other paths", events: requests(...others) },
    {
      title: "security-headers: an HTML page",
      events: { type: "html-response" },
      ours: writeArtefactFolder(root, "security-headers", compileSecurityHeaders({})),
      original: byHand("originalHeaders"),
      rivals: {
        helmet: { folder: headerRival("helmetHandler()"), target: { atLeast: 6 } },
        "@middy/core + @middy/http-security-headers": {
          folder: headerRival("middyHandler()"),
          target: { atLeast: 12 },
        },
        nosecone: { folder: headerRival("noseconeHandler()") },
      },
    },
    { ...secrets, title: "secret-redirect: the secret path", events: requests("/secret") },
    {
      ...secrets,
      title: "secret-redirect: other paths",
      events: requests(...pages, ...others),
    },
  ];
}

async function play(
  { title, events, ours, original, rivals = {} }: Match,
  empty: string,
): Promise<Table> {
  const folders = new Map([
    ["empty", empty],
    ["by hand", original],
    ["ours", ours],
    ...Object.entries(rivals).map(([name, { folder }]) => [name, folder] as const),
  ]);
  const contestants = [...folders].map(([name, folder]) => new TimedHandler(name, folder, events));
  const compared = await sideBySide(rounds, contestants);
  for (const contestant of contestants) contestant.stop();
  return {
    columns: [title, ...targetColumns.slice(1)],
    rows: [
      ...[...folders.keys()].map((name) => targetRow(name, compared.spread(name), undefined, ns)),
      targetRow("ours : by hand", compared.ratio("ours", "by hand"), { atMost: 1 }, times),
      ...Object.entries(rivals).map(([name, { target }]) =>
        targetRow(`${name} : ours`, compared.ratio(name, "ours"), target, times),
      ),
    ],
  };
}

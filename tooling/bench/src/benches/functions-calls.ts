import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import type { Bench } from "../frame/bench.ts";
import { sideBySide } from "../frame/side-by-side.ts";
import { type Table, type Target, targetColumns, targetRow } from "../frame/table.ts";
import { artefactHandler } from "../functions/artefact-folder.ts";
import { helmetHandler, middyHandler, noseconeHandler } from "../functions/header-rivals.ts";
import {
  emptyHandler,
  originalHeaders,
  originalRewrite,
  originalSecret,
} from "../functions/original-handlers.ts";
import { pathToRegexpRewrite, urlPatternRewrite } from "../functions/route-rivals.ts";
import { requestEventJson, responseEventJson } from "../functions/sample-events.ts";
import { type AnyHandler, nanosecondsPerCall } from "../functions/time-per-call.ts";

const rounds = 25;
const ns = (value: number): string => `${value.toFixed(0)} ns`;
const times = (value: number): string => `${value.toFixed(2)} ×`;

interface Match {
  readonly title: string;
  readonly events: readonly string[];
  readonly ours: AnyHandler;
  readonly original: AnyHandler;
  readonly rivals?: Readonly<
    Record<string, { readonly handler: AnyHandler; readonly target?: Target }>
  >;
}

/** All three functions at default options beside the handlers that people write by hand. */
export const functionsCalls: Bench = {
  name: "functions-calls",
  title: "Functions: one call",
  method:
    "Nanoseconds for a call of the handler alone, the built artefact at default options beside the handler as it is written by hand and beside libraries, all in one process. Each call gets an event of its own, made before the time is taken. A measurement is the quickest of 12 batches of 400 calls.",
  run: async () => {
    const tables: Table[] = [];
    for (const each of matches()) tables.push(await play(each));
    return { tables };
  },
};

function matches(): readonly Match[] {
  const routes = ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"];
  const rewrite = artefactHandler("spa-rewrite", compileSpaRewrite({ routes }));
  const secret = artefactHandler(
    "secret-redirect",
    compileSecretRedirect({ location: "https://example.com/hidden" }),
  );
  const pages = ["/notes/42", "/notes/4242/edit"].map(requestEventJson);
  const others = ["/", "/assets/index-4fd21b.js", "/api/notes/1.json"].map(requestEventJson);
  const rewrites = { ours: rewrite, original: originalRewrite };
  const secrets = { ours: secret, original: originalSecret };
  return [
    {
      ...rewrites,
      title: "spa-rewrite: two pages and three other paths in turn",
      events: [...pages, ...others],
      rivals: {
        "path-to-regexp": { handler: pathToRegexpRewrite() },
        URLPattern: { handler: urlPatternRewrite() },
      },
    },
    { ...rewrites, title: "spa-rewrite: pages", events: pages },
    { ...rewrites, title: "spa-rewrite: other paths", events: others },
    {
      title: "security-headers: an HTML page",
      events: [responseEventJson()],
      ours: artefactHandler("security-headers", compileSecurityHeaders({})),
      original: originalHeaders,
      rivals: {
        helmet: { handler: helmetHandler(), target: { atLeast: 6 } },
        "@middy/core + @middy/http-security-headers": {
          handler: middyHandler(),
          target: { atLeast: 12 },
        },
        nosecone: { handler: noseconeHandler() },
      },
    },
    {
      ...secrets,
      title: "secret-redirect: the secret path",
      events: [requestEventJson("/secret")],
    },
    { ...secrets, title: "secret-redirect: other paths", events: [...pages, ...others] },
  ];
}

async function play({ title, events, ours, original, rivals = {} }: Match): Promise<Table> {
  const handlers = new Map<string, AnyHandler>([
    ["empty", emptyHandler],
    ["by hand", original],
    ["ours", ours],
    ...Object.entries(rivals).map(([name, { handler }]) => [name, handler] as const),
  ]);
  const contestants = [...handlers].map(([name, handler]) => ({
    name,
    measure: () => nanosecondsPerCall(handler, events),
  }));
  const compared = await sideBySide(rounds, contestants);
  return {
    columns: [title, ...targetColumns.slice(1)],
    rows: [
      ...[...handlers.keys()].map((name) => targetRow(name, compared.spread(name), undefined, ns)),
      targetRow("ours : by hand", compared.ratio("ours", "by hand"), { atMost: 1 }, times),
      ...Object.entries(rivals).map(([name, { target }]) =>
        targetRow(`${name} : ours`, compared.ratio(name, "ours"), target, times),
      ),
    ],
  };
}

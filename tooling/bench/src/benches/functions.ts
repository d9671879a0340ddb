import { mkdtempDisposableSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileCacheHeaders } from "cache-headers";
import { compileLocale } from "locale";
import { compileOriginSelect } from "origin-select";
import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { sideBySide, spreadOf, type Comparison } from "../frame/compare.ts";
import type { Bench, Row } from "../frame/write-results.ts";
import { coldMicroseconds } from "../functions/cold-load.ts";
import { writeArtefactFolder, writeBundleFolder } from "../functions/function-folders.ts";
import { sampleEventJsons, type SampleEvents } from "../functions/sample-events.ts";
import { TimedHandler } from "../functions/timed-handler.ts";

const callRounds = 40;
const coldRounds = 40;
const pages: SampleEvents = {
  type: "requests",
  uris: ["/notes/42", "/notes/4242/edit", "/", "/assets/index-4fd21b.js", "/api/notes/1.json"],
};
const html: SampleEvents = { type: "html-response" };
const german: SampleEvents = { ...pages, acceptLanguage: "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7" };
const ourNames = [
  "spa-rewrite",
  "secret-redirect",
  "security-headers",
  "cache-headers",
  "locale",
  "origin-select",
];

/** A handler: a folder with an `index.cjs`, and the events that it is called with. */
interface Entrant {
  readonly name: string;
  readonly folder: string;
  readonly events: SampleEvents;
}

/** The functions at default options beside the handlers that people write, and libraries. */
export const functions: Bench = {
  name: "functions",
  title: "The functions: a call, a cold load, size",
  method:
    "A call: nanoseconds, in a process for each handler, warm after 32,000 calls; the processes take turns of a few milliseconds. A cold load: microseconds of a new process from `require` of the one CommonJS file until the first event is answered, above what an empty handler takes, by the smallest measurements. By hand: the handler as it is written without these packages. 10,000 rules: each in turn.",
  async run() {
    using root = mkdtempDisposableSync(join(tmpdir(), "bench-functions-"));
    const ours = ourEntrants(root.path);
    const others = otherEntrants(root.path);
    const rules = [10, 10_000].map((count) => entrantWithRules(root.path, count));
    return [
      ...callRows(await timeCalls([...ours, ...others, ...rules])),
      ...(await coldRows([...ours, ...others])),
      ...[...ours, ...signInEntrants(root.path)].map(({ name, folder }) => ({
        name: `size: ${name}, bytes`,
        spread: spreadOf([readFileSync(join(folder, "index.cjs")).byteLength]),
      })),
    ];
  },
};

function ourEntrants(root: string): readonly Entrant[] {
  const entrant = (name: string, compiled: object, events: SampleEvents): Entrant => ({
    name,
    folder: writeArtefactFolder(root, name, compiled),
    events,
  });
  const routes = ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"];
  const location = "https://example.com/hidden";
  return [
    entrant("spa-rewrite", compileSpaRewrite({ routes }), pages),
    entrant("secret-redirect", compileSecretRedirect({ location }), pages),
    entrant("security-headers", compileSecurityHeaders({}), html),
    entrant("cache-headers", compileCacheHeaders(), html),
    entrant("locale", compileLocale({ locales: ["en", "de", "pt-BR"] }), german),
    entrant(
      "origin-select",
      compileOriginSelect({
        origins: { api: { domainName: "api.example.com" } },
        rules: [{ pathPattern: "/api/*", origin: "api" }],
      }),
      pages,
    ),
  ];
}

function otherEntrants(root: string): readonly Entrant[] {
  const bundled = (file: string, name: string, handler: string, events: SampleEvents): Entrant => ({
    name,
    folder: writeBundleFolder(root, file, handler),
    events,
  });
  return [
    bundled("original-handlers", "empty", "emptyHandler", pages),
    bundled("original-handlers", "spa-rewrite by hand", "originalRewrite", pages),
    bundled("original-handlers", "secret-redirect by hand", "originalSecret", pages),
    bundled("original-handlers", "security-headers by hand", "originalHeaders", html),
    bundled("original-handlers", "cache-headers by hand", "originalLifetimes", html),
    bundled("original-handlers", "locale by hand", "originalLocale", german),
    bundled("original-handlers", "origin-select by hand", "originalOrigin", pages),
    bundled("locale-rivals", "negotiator", "negotiatorHandler", german),
    bundled("header-rivals", "helmet", "helmetHandler()", html),
    bundled("header-rivals", "middy", "middyHandler()", html),
  ];
}

/** What each of them does takes a provider: their sizes are compared alone. */
function signInEntrants(root: string): readonly Pick<Entrant, "name" | "folder">[] {
  return [
    { name: "edge-sign-in", folder: writeArtefactFolder(root, "edge-sign-in", {}) },
    {
      name: "cognito-at-edge",
      folder: writeBundleFolder(root, "sign-in-rivals", "cognitoHandler()"),
    },
  ];
}

function entrantWithRules(root: string, count: number): Entrant {
  const uris = Array.from({ length: count }, (_, index) => `/section-${index % 8}/old-${index}`);
  const rules = uris.map((from) => ({ from, to: `/new${from}` }));
  return {
    name: `${count} rules`,
    folder: writeArtefactFolder(root, "secret-redirect", compileSecretRedirect({ rules })),
    events: { type: "requests", uris },
  };
}

async function timeCalls(entrants: readonly Entrant[]): Promise<Comparison> {
  const timed = entrants.map(({ name, folder, events }) => new TimedHandler(name, folder, events));
  const compared = await sideBySide(callRounds, timed);
  for (const handler of timed) handler.stop();
  return compared;
}

function callRows({ spread, ratio }: Comparison): readonly Row[] {
  const byHand = ourNames.flatMap((name) => [
    { name: `call: ${name}, ns`, spread: spread(name) },
    { name: `call: ${name} : by hand`, spread: ratio(name, `${name} by hand`) },
  ]);
  return [
    ...byHand,
    { name: "call: helmet : security-headers", spread: ratio("helmet", "security-headers") },
    { name: "call: middy : security-headers", spread: ratio("middy", "security-headers") },
    { name: "call: negotiator : locale", spread: ratio("negotiator", "locale") },
    { name: "call: 10,000 rules : 10 rules", spread: ratio("10000 rules", "10 rules") },
  ];
}

async function coldRows(entrants: readonly Entrant[]): Promise<readonly Row[]> {
  const compared = await sideBySide(
    coldRounds,
    entrants.map(({ name, folder, events }) => {
      const [event = ""] = sampleEventJsons(events);
      return { name, measure: () => coldMicroseconds(folder, event) };
    }),
  );
  const empty = compared.spread("empty").min;
  const aboveEmpty = (name: string): number => compared.spread(name).min - empty;
  return ourNames.flatMap((name) => [
    { name: `cold: ${name}, µs above empty`, spread: spreadOf([aboveEmpty(name)]) },
    {
      name: `cold: ${name} : helmet, above empty`,
      spread: spreadOf([aboveEmpty(name) / aboveEmpty("helmet")]),
    },
  ]);
}

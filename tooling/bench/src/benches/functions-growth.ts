import { compileSecretRedirect } from "secret-redirect";
import { compileSpaRewrite } from "spa-rewrite";
import type { Bench } from "../frame/bench.ts";
import { type Contestant, sideBySide } from "../frame/side-by-side.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { artefactHandler } from "../functions/artefact-folder.ts";
import { pathToRegexpRedirects } from "../functions/route-rivals.ts";
import { requestEventJson } from "../functions/sample-events.ts";
import { type AnyHandler, nanosecondsPerCall } from "../functions/time-per-call.ts";

const rounds = 15;
const sections = ["account", "billing", "catalog", "docs", "events", "forum", "groups", "help"];
const routeCounts = [10, 100, 1000];
const ruleCounts = [10, 100, 1000, 10_000];
const ns = (value: number): string => `${value.toFixed(0)} ns`;
const times = (value: number): string => `${value.toFixed(2)} ×`;

interface Rule {
  readonly from: string;
  readonly to: string;
}

/** What a call costs when there are many routes or rules. */
export const functionsGrowth: Bench = {
  name: "functions-growth",
  title: "Functions: many routes and rules",
  method:
    "Nanoseconds for a call as the number of routes or rules grows. `one path`: the same route or rule is hit again and again. `each in turn`: all of them are, so that tables larger than the processor's caches are read from memory.",
  run: async () => {
    const rewrites = routeCounts.flatMap((count) =>
      contestants("rewrite", count, rewriteOf(count)),
    );
    const exact = ruleCounts.flatMap((count) => contestants("exact rule", count, exactOf(count)));
    const dynamic = ruleCounts.flatMap((count) =>
      contestants("placeholder", count, placeholdersOf(count)),
    );
    const { handler, uris, rules } = placeholdersOf(1100);
    const hit = [requestEventJson(uris[550] ?? "")];
    const rival = pathToRegexpRedirects(rules);
    const compared = await sideBySide(rounds, [
      ...rewrites,
      ...exact,
      ...dynamic,
      { name: "dynamic hit", measure: () => nanosecondsPerCall(handler, hit) },
      { name: "path-to-regexp", measure: () => nanosecondsPerCall(rival, hit) },
    ]);
    const kinds = [
      ["rewrite", routeCounts],
      ["exact rule", ruleCounts],
      ["placeholder", ruleCounts],
    ] as const;
    const growth = kinds.flatMap(([kind, counts]) =>
      ["one path", "each in turn"].map((how) => {
        const most = counts.at(-1) ?? 0;
        const ratio = compared.ratio(`${kind} ${most} ${how}`, `${kind} 10 ${how}`);
        return targetRow(`${kind}, ${how}: ${most} : 10`, ratio, { atMost: 2 }, times);
      }),
    );
    return {
      tables: [
        { columns: targetColumns, rows: growth },
        {
          columns: ["a dynamic hit among 1,100 rules", ...targetColumns.slice(1)],
          rows: [
            targetRow("ours", compared.spread("dynamic hit"), { atMost: 450 }, ns),
            targetRow("path-to-regexp", compared.spread("path-to-regexp"), undefined, ns),
          ],
        },
      ],
      curves: [
        {
          name: "curve",
          title: "One call by the number of routes or rules",
          xLabel: "routes or rules",
          yLabel: "ns for a call",
          lines: kinds.flatMap(([kind, counts]) =>
            ["one path", "each in turn"].map((how) => ({
              name: `${kind}, ${how}`,
              points: counts.map((x) => ({
                x,
                y: compared.spread(`${kind} ${x} ${how}`).median,
              })),
            })),
          ),
        },
      ],
    };
  },
};

interface Sized {
  readonly handler: AnyHandler;
  /** One that hits each route or rule. */
  readonly uris: readonly string[];
}

function contestants(kind: string, count: number, { handler, uris }: Sized): readonly Contestant[] {
  const all = uris.map(requestEventJson);
  const one = [all[all.length >> 1] ?? ""];
  return [
    { name: `${kind} ${count} one path`, measure: () => nanosecondsPerCall(handler, one) },
    { name: `${kind} ${count} each in turn`, measure: () => nanosecondsPerCall(handler, all) },
  ];
}

function rewriteOf(count: number): Sized {
  const paths = numbered(count, (section, index) => `/${section}-${index}`);
  const routes = paths.map((path) => `${path}/:id/edit`);
  return {
    handler: artefactHandler("spa-rewrite", compileSpaRewrite({ routes })),
    uris: paths.map((path) => `${path}/42/edit`),
  };
}

function exactOf(count: number): Sized {
  const uris = numbered(count, (section, index) => `/${section}/old-${index}`);
  return redirects(
    uris.map((from) => ({ from, to: `/new${from}` })),
    uris,
  );
}

function placeholdersOf(count: number): Sized & { readonly rules: readonly Rule[] } {
  const paths = numbered(count, (section, index) => `/${section}-${index}`);
  const rules = paths.map((path) => ({ from: `${path}/:slug`, to: `/posts${path}/:slug` }));
  const uris = paths.map((path) => `${path}/hello-world`);
  return { ...redirects(rules, uris), rules };
}

function redirects(rules: readonly Rule[], uris: readonly string[]): Sized {
  return { handler: artefactHandler("secret-redirect", compileSecretRedirect({ rules })), uris };
}

function numbered(count: number, path: (section: string, index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) =>
    path(sections[index % sections.length] ?? "", Math.floor(index / sections.length)),
  );
}

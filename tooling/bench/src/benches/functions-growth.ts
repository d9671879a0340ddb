import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileSecretRedirect } from "secret-redirect";
import { compileSpaRewrite } from "spa-rewrite";
import type { Bench } from "../frame/bench.ts";
import { sideBySide } from "../frame/side-by-side.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { writeArtefactFolder } from "../functions/artefact-folder.ts";
import { writeBundleFolder } from "../functions/bundle-folder.ts";
import { numberedPaths, placeholderRules } from "../functions/many-rules.ts";
import { TimedHandler } from "../functions/timed-handler.ts";

const rounds = 40;
const routeCounts = [10, 100, 1000];
const ruleCounts = [10, 100, 1000, 10_000];
const ns = (value: number): string => `${value.toFixed(0)} ns`;
const times = (value: number): string => `${value.toFixed(2)} ×`;

/** Options of a function, and a path for each route or rule. */
interface Sized {
  readonly packageName: string;
  readonly compiled: object;
  readonly uris: readonly string[];
}

/** What a call costs when there are many routes or rules. */
export const functionsGrowth: Bench = {
  name: "functions-growth",
  title: "Functions: many routes and rules",
  method:
    "Nanoseconds for a call as the number of routes or rules grows, measured as one call is. `one path`: the same route or rule is hit again and again. `each in turn`: all of them are, so that tables larger than the processor's caches are read from memory.",
  run: async () => {
    using root = mkdtempDisposableSync(join(tmpdir(), "bench-growth-"));
    const enter = (kind: string, count: number, sized: Sized): readonly TimedHandler[] => {
      const { packageName, compiled, uris } = sized;
      const folder = writeArtefactFolder(root.path, packageName, compiled);
      return [
        timed(`${kind} ${count} one path`, folder, [middle(uris)]),
        timed(`${kind} ${count} each in turn`, folder, uris),
      ];
    };
    const many = placeholdersOf(1100);
    const hit = [middle(many.uris)];
    const contestants = [
      ...routeCounts.flatMap((count) => enter("rewrite", count, rewriteOf(count))),
      ...ruleCounts.flatMap((count) => enter("exact rule", count, exactOf(count))),
      ...ruleCounts.flatMap((count) => enter("placeholder", count, placeholdersOf(count))),
      timed("dynamic hit", writeArtefactFolder(root.path, many.packageName, many.compiled), hit),
      timed(
        "path-to-regexp",
        writeBundleFolder(root.path, "route-rivals", "pathToRegexpRedirects()"),
        hit,
      ),
    ];
    const compared = await sideBySide(rounds, contestants);
    for (const contestant of contestants) contestant.stop();
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

function timed(name: string, folder: string, uris: readonly string[]): TimedHandler {
  return new TimedHandler(name, folder, { type: "requests", uris });
}

function middle(uris: readonly string[]): string {
  return uris[uris.length >> 1] ?? "";
}

function rewriteOf(count: number): Sized {
  const paths = numberedPaths(count, "-");
  const routes = paths.map((path) => `${path}/:id/edit`);
  return {
    packageName: "spa-rewrite",
    compiled: compileSpaRewrite({ routes }),
    uris: paths.map((path) => `${path}/42/edit`),
  };
}

function exactOf(count: number): Sized {
  const uris = numberedPaths(count, "/old-");
  const rules = uris.map((from) => ({ from, to: `/new${from}` }));
  return { packageName: "secret-redirect", compiled: compileSecretRedirect({ rules }), uris };
}

function placeholdersOf(count: number): Sized {
  const rules = placeholderRules(count);
  return {
    packageName: "secret-redirect",
    compiled: compileSecretRedirect({ rules }),
    uris: rules.map(({ from }) => from.replace(":slug", "hello-world")),
  };
}

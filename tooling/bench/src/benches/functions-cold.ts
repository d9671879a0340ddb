import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import type { Bench } from "../frame/bench.ts";
import { sideBySide } from "../frame/side-by-side.ts";
import { spreadOf } from "../frame/spread.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { writeArtefactFolder } from "../functions/artefact-folder.ts";
import { writeBundleFolder } from "../functions/bundle-folder.ts";
import { coldMicroseconds } from "../functions/cold-load.ts";
import { requestEventJson, responseEventJson } from "../functions/sample-events.ts";

const rounds = 21;
/** What a function may take above an empty one, in microseconds. */
const mostAbove = 150;
const microseconds = (value: number): string => `${value.toFixed(0)} µs`;
const bytes = (value: number): string => `${value.toFixed(0)} B`;
const exported = (name: string, file: string): string =>
  `import { ${name} } from "./${file}.ts"; export const handler = ${name}`;

interface Entrant {
  readonly name: string;
  readonly folder: string;
  readonly event: string;
  readonly isOurs?: boolean;
}

/** Loading a function in a new process and answering the first event. */
export const functionsCold: Bench = {
  name: "functions-cold",
  title: "Functions: cold load, first call and size",
  method:
    "A new process for each measurement: the time from `require` of the one CommonJS file until the first event is answered. `above empty` is the difference of the smallest measurements, since whatever disturbs one makes it larger.",
  run: async () => {
    const entrants = enter();
    try {
      const compared = await sideBySide(
        rounds,
        entrants.map(({ name, folder, event }) => ({
          name,
          measure: () => coldMicroseconds(folder, event),
        })),
      );
      const above = entrants.map(({ name, isOurs }) => {
        const [spread, empty] = [compared.spread(name), compared.spread("empty")];
        const difference = spreadOf([spread.min - empty.min]);
        const target = isOurs ? { atMost: mostAbove } : undefined;
        return targetRow(`${name}, above empty`, difference, target, microseconds);
      });
      return {
        tables: [
          {
            columns: targetColumns,
            rows: [
              ...entrants.map(({ name }) =>
                targetRow(name, compared.spread(name), undefined, microseconds),
              ),
              ...above.slice(1),
            ],
          },
          {
            columns: ["bytes, minified", ...targetColumns.slice(1)],
            rows: entrants.map(({ name, folder, isOurs }) => {
              const size = readFileSync(join(folder, "index.cjs")).byteLength;
              return targetRow(
                name,
                spreadOf([size]),
                isOurs ? { atMost: 1536 } : undefined,
                bytes,
              );
            }),
          },
        ],
      };
    } finally {
      for (const { folder } of entrants) rmSync(folder, { recursive: true });
    }
  },
};

function enter(): readonly Entrant[] {
  const request = requestEventJson("/notes/42");
  const response = responseEventJson();
  const ours = (name: string, compiled: object, event: string): Entrant => {
    return { name, folder: writeArtefactFolder(name, compiled), event, isOurs: true };
  };
  const bundled = (name: string, source: string, event: string): Entrant => {
    return { name, folder: writeBundleFolder(source), event };
  };
  return [
    bundled("empty", exported("emptyHandler", "original-handlers"), request),
    bundled("headers by hand", exported("originalHeaders", "original-handlers"), response),
    ours("spa-rewrite", compileSpaRewrite({ routes: ["/notes/:id(\\d+)"] }), request),
    ours("security-headers", compileSecurityHeaders({}), response),
    ours(
      "secret-redirect",
      compileSecretRedirect({ location: "https://example.com/" }),
      requestEventJson("/secret"),
    ),
    bundled("helmet", `${exported("helmetHandler", "header-rivals")}();`, response),
    bundled("middy", `${exported("middyHandler", "header-rivals")}();`, response),
  ];
}

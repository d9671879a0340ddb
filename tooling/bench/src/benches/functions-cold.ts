import { mkdirSync, mkdtempDisposableSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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

const rounds = 40;
/** What a function may take above an empty one, as a share of what helmet takes. */
const mostOfHelmet = 0.5;
const folderNameLength = 48;
const microseconds = (value: number): string => `${value.toFixed(0)} µs`;
const bytes = (value: number): string => `${value.toFixed(0)} B`;

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
    "A new process for each measurement: the time from `require` of the one CommonJS file until the first event is answered. `empty` has the form of our artefacts; the handlers by hand and the libraries have esbuild's 0.5 KB of CommonJS interop as well. All paths are equally long. `above empty` is the difference of the smallest measurements, since whatever disturbs one makes it larger.",
  run: async () => {
    using root = mkdtempDisposableSync(join(tmpdir(), "bench-cold-"));
    const entrants = enter(root.path);
    const compared = await sideBySide(
      rounds,
      entrants.map(({ name, folder, event }) => ({
        name,
        measure: () => coldMicroseconds(folder, event),
      })),
    );
    const aboveEmpty = (name: string): number =>
      compared.spread(name).min - compared.spread("empty").min;
    const target = { atMost: mostOfHelmet * aboveEmpty("helmet") };
    const above = entrants.map(({ name, isOurs }) =>
      targetRow(
        `${name}, above empty`,
        spreadOf([aboveEmpty(name)]),
        isOurs ? target : undefined,
        microseconds,
      ),
    );
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
            return targetRow(name, spreadOf([size]), isOurs ? { atMost: 4096 } : undefined, bytes);
          }),
        },
      ],
    };
  },
};

function enter(root: string): readonly Entrant[] {
  const request = requestEventJson("/notes/42");
  const response = responseEventJson();
  const ours = (name: string, compiled: object, event: string): Entrant => {
    return { name, folder: writeArtefactFolder(root, name, compiled), event, isOurs: true };
  };
  const bundled = (name: string, file: string, handler: string, event: string): Entrant => {
    return { name, folder: writeBundleFolder(root, file, handler), event };
  };
  const entrants: readonly Entrant[] = [
    { name: "empty", folder: writeEmptyFolder(root), event: request },
    bundled("empty, bundled", "original-handlers", "emptyHandler", request),
    bundled("rewrite by hand", "original-handlers", "originalRewrite", request),
    bundled("headers by hand", "original-handlers", "originalHeaders", response),
    ours("spa-rewrite", compileSpaRewrite({ routes: ["/notes/:id(\\d+)"] }), request),
    ours("security-headers", compileSecurityHeaders({}), response),
    ours(
      "secret-redirect",
      compileSecretRedirect({ location: "https://example.com/" }),
      requestEventJson("/secret"),
    ),
    bundled("helmet", "header-rivals", "helmetHandler()", response),
    bundled("middy", "header-rivals", "middyHandler()", response),
  ];
  return entrants.map((entrant, index) => {
    return { ...entrant, folder: renameToEqualLength(root, entrant.folder, index) };
  });
}

/**
 * Node.js looks at each character of a path, several times: with a short one, V8 decides to optimise that
 * while a handler is loaded, with a long one before, which makes a difference of 270 µs.
 */
function renameToEqualLength(root: string, folder: string, index: number): string {
  const renamed = join(root, `${index}`.padEnd(folderNameLength, "-"));
  renameSync(folder, renamed);
  return renamed;
}

/** An empty handler in the form of our artefacts: strict, and assigned to `exports` directly. */
function writeEmptyFolder(root: string): string {
  const folder = join(root, "empty");
  mkdirSync(folder);
  const code = '"use strict";exports.handler=async e=>e.Records[0].cf.request;\n';
  writeFileSync(join(folder, "index.cjs"), code);
  return folder;
}

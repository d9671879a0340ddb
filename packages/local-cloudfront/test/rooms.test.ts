import { readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { describe, expect, it } from "vitest";

const src = resolve(import.meta.dirname, "../src");

interface Room {
  /** The rooms that it may import from. */
  readonly doors: readonly string[];
  /** The modules of Node that it may use. */
  readonly node: readonly string[];
  /** Files outside of the rooms that it may import, beyond the shared ones. */
  readonly files?: readonly string[];
}

const fileSystem = ["node:fs", "node:fs/promises", "node:os", "node:path", "node:url"];

const rooms: Readonly<Record<string, Room>> = {
  http: { doors: [], node: ["node:crypto"] },
  distribution: { doors: ["http"], node: ["node:util"] },
  // When the server starts: no room that works on requests has a door to it.
  resolve: { doors: ["distribution"], node: ["node:crypto", "node:fs", "node:path"] },
  "lambda-edge": {
    doors: ["http", "distribution"],
    node: [
      ...fileSystem,
      "node:child_process",
      "node:crypto",
      "node:inspector",
      "node:module",
      "node:perf_hooks",
      "node:readline",
      "node:stream",
      "node:util",
      "node:v8",
      "node:timers",
      "node:timers/promises",
      "node:worker_threads",
    ],
  },
  "cloudfront-function": { doors: ["http", "distribution"], node: ["node:crypto"] },
  cache: { doors: ["http", "distribution"], node: [] },
  // Function URLs and APIs in front of Lambda functions.
  "lambda-origin": {
    doors: ["http", "distribution", "lambda-edge"],
    node: ["node:crypto"],
  },
  origin: {
    doors: ["http", "distribution", "lambda-edge", "lambda-origin"],
    node: [
      ...fileSystem,
      "node:crypto",
      "node:dns",
      "node:dns/promises",
      "node:http",
      "node:https",
      "node:net",
      "node:stream",
      "node:tls",
    ],
  },
  "edge-location": {
    doors: ["http", "distribution", "cache", "origin", "lambda-edge", "cloudfront-function"],
    // Compression, request ids, the reason phrases of statuses, and what is an address: nothing that reaches outside.
    node: ["node:crypto", "node:http", "node:net", "node:util", "node:zlib"],
  },
  viewer: {
    doors: ["http", "edge-location"],
    node: ["node:http", "node:http2", "node:module", "node:net", "node:stream", "node:tls"],
  },
  trace: {
    doors: [
      "http",
      "distribution",
      "cache",
      "origin",
      "lambda-edge",
      "cloudfront-function",
      "edge-location",
    ],
    node: [],
  },
  "policy-reports": { doors: ["http", "distribution", "edge-location"], node: [] },
  development: {
    doors: ["http", "distribution", "edge-location", "policy-reports"],
    node: ["node:crypto", "node:fs", "node:url", "node:util", "node:zlib"],
  },
  inspector: {
    doors: ["http", "distribution", "edge-location", "policy-reports", "trace"],
    files: ["../package.json"],
    node: [
      "node:crypto",
      "node:fs/promises",
      "node:http",
      "node:net",
      "node:path",
      "node:url",
      "node:zlib",
    ],
  },
  "access-log": {
    doors: ["http", "edge-location", "viewer"],
    node: ["node:fs", "node:net", "node:path", "node:stream", "node:zlib"],
  },
  // Logs through distributions that start/ has opened, and what came of it.
  replay: {
    doors: ["access-log", "cache", "distribution", "edge-location", "http", "origin", "trace"],
    // Requests that are under way at once, each at its own time.
    node: ["node:async_hooks"],
  },
  testing: { doors: ["trace"], node: ["node:util"] },
  log: {
    doors: ["http", "distribution", "lambda-edge", "edge-location", "policy-reports"],
    node: [],
  },
  start: {
    doors: [
      "access-log",
      "cache",
      "cloudfront-function",
      "development",
      "distribution",
      "edge-location",
      "http",
      "inspector",
      "lambda-edge",
      "origin",
      "policy-reports",
      "replay",
      "resolve",
      "trace",
      "viewer",
    ],
    node: [
      // The AWS CLI, for credentials.
      "node:child_process",
      "node:crypto",
      "node:fs",
      "node:http",
      "node:https",
      "node:inspector",
      "node:path",
      "node:stream",
      "node:util",
      "node:zlib",
    ],
  },
  command: {
    doors: [
      "access-log",
      "cloudfront-function",
      "edge-location",
      "log",
      "replay",
      "resolve",
      "start",
    ],
    files: ["local-cloudfront.ts", "../package.json"],
    node: [
      "node:child_process",
      "node:crypto",
      "node:events",
      "node:fs",
      "node:path",
      "node:util",
      "node:v8",
    ],
  },
};

/** Files at the top of src that every room may import. */
const sharedFiles = [
  "clock.ts",
  "local-cloudfront-error.ts",
  "local-cloudfront-options.ts",
  "memo.ts",
  "random-text.ts",
];

const importPattern = /(?:from|import)\s*\(?\s*["']([^"']+)["']/g;

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(name))
    .map((name) => resolve(folder, name));
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, "utf8");
  return [...source.matchAll(importPattern)].map(([, specifier = ""]) => specifier);
}

function violations(room: string): string[] {
  const { doors, node, files = [] }: Room = rooms[room] ?? { doors: [], node: [] };
  return sourceFiles(resolve(src, room)).flatMap((file) =>
    importsOf(file).flatMap((specifier) => {
      if (specifier.startsWith("node:")) {
        return node.includes(specifier) ? [] : [`${relative(src, file)} uses ${specifier}`];
      }
      if (!specifier.startsWith(".")) return [];
      const target = relative(src, resolve(dirname(file), specifier));
      const [targetRoom = ""] = target.split(sep);
      const allowed =
        targetRoom === room ||
        doors.includes(targetRoom) ||
        [...sharedFiles, ...files].includes(target);
      return allowed ? [] : [`${relative(src, file)} imports ${target}`];
    }),
  );
}

describe("rooms and the doors between them", () => {
  it("each folder of src is a room with its row in the table", () => {
    const folders = readdirSync(src, { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const names = folders.map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(rooms).toSorted());
  });

  it.each(Object.keys(rooms))("%s imports only through its doors", (room) => {
    expect(violations(room)).toEqual([]);
  });
});

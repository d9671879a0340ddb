import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Generator, getConfig } from "@tanstack/router-generator";
import { describe, it } from "vitest";
import {
  findRouteMatch,
  processRouteTree,
} from "../../node_modules/@tanstack/router-core/dist/esm/new-process-route-tree.js";
import { expectAgreement } from "./agreement.ts";

const sites: Readonly<Record<string, readonly string[]>> = {
  "index routes and parameters": [
    "index",
    "about",
    "notes.index",
    "notes.$noteId",
    "notes.$noteId.edit",
  ],
  "optional parameters": ["{-$locale}.about", "{-$locale}.index", "notes.{-$page}"],
  "pathless routes and groups": [
    "_layout",
    "_layout.about",
    "_layout._inner.people",
    "_layout._inner",
    "(app)/notes",
    "(app)/notes_.$id",
  ],
  "routes that are not nested": ["notes", "notes.$id", "notes_.$id.edit", "people_.$id"],
  "splats, prefixes and suffixes": ["files.$", "user-{$id}", "{$name}[.]json", "de.x-{$rest}"],
};

interface GeneratedRoute {
  readonly id: string;
  readonly path?: string;
  readonly fullPath: string;
  readonly isRoot?: boolean;
  readonly children: GeneratedRoute[];
  readonly init: () => void;
}

/** What the generator writes for routes in files. */
async function generated(files: readonly string[]): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "tanstack-router-"));
  try {
    for (const file of ["__root", ...files]) {
      const path = join(root, "src/routes", `${file}.tsx`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, "");
    }
    // It renames files from there to the routes, which no program can do between file systems.
    const tmpDir = join(root, "tmp");
    const config = getConfig({ disableLogging: true, tmpDir }, root);
    await new Generator({ config, root }).run();
    return readFileSync(join(root, "src/routeTree.gen.ts"), "utf8");
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The tree that the generated file builds, as its router matches it. */
function routerOf(file: string): (path: string) => boolean {
  const root: GeneratedRoute = route("__root__", undefined, "/", true);
  const full = new Map(
    [
      .../interface FileRoutesById \{\n(.*?)\n\}/s
        .exec(file)![1]!
        .matchAll(/'([^']*)': typeof (\w+)/g),
    ].map(([, id, name]) => [name!, id!]),
  );
  const nodes = new Map<string, GeneratedRoute>([["rootRouteImport", root]]);
  const updates = [
    ...file.matchAll(
      /const (\w+) =\s+\w+\.update\(\{\s*id: '([^']*)',(?:\s*path: '([^']*)',)?\s*getParentRoute: \(\) => (\w+),/g,
    ),
  ];
  for (const left = [...updates]; left.length > 0;) {
    const [, name = "", id = "", path, parentName = ""] = left.shift()!;
    const parent = nodes.get(parentName);
    if (parent === undefined) {
      left.push(updates.find(([, each]) => each === name)!);
      continue;
    }
    const fullPath =
      path === undefined
        ? parent.fullPath
        : `${parent.fullPath}/${path}`.replaceAll(/\/{2,}/g, "/");
    const node = route(full.get(name) ?? id, path, fullPath);
    nodes.set(name, node);
    parent.children.push(node);
  }
  const { processedTree } = processRouteTree(root as never);
  return (path) => {
    const found = findRouteMatch(path, processedTree);
    return found !== null && (found.route as unknown as GeneratedRoute).path !== undefined;
  };
}

function route(id: string, path: string | undefined, fullPath: string, isRoot = false) {
  return {
    id,
    fullPath,
    children: [],
    init: () => undefined,
    ...(path !== undefined && { path }),
    ...(isRoot && { isRoot }),
  };
}

describe("routes of TanStack Router are read as it matches them", () => {
  it.each(Object.entries(sites))("%s", async (_, files) => {
    const file = await generated(files);
    const matches = routerOf(file);
    expectAgreement(file, matches);
    const ids = [
      .../interface FileRoutesById \{\n(.*?)\n\}/s.exec(file)![1]!.matchAll(/'([^']*)':/g),
    ];
    expectAgreement(JSON.stringify(["__root__", ...ids.map(([, id]) => id)]), matches);
  });
});

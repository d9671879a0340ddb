import { expect } from "vitest";
import { type ParseRoutesOptions, parseRoutesFile } from "spa-rewrite";
import { compileSpaRewrite, decideSpaRewrite } from "spa-rewrite";

const segments = [
  "notes",
  "1",
  "abc",
  "edit",
  "de",
  "about",
  "files",
  "x-y",
  "user-7",
  "people",
  "team.json",
  "café",
  "2026",
];

/** Every path of at most three of the segments, and some deeper ones, as a router gets them. */
export const paths: readonly string[] = [
  "/",
  ...segments.flatMap((one) => [
    `/${one}`,
    ...segments.flatMap((two) => [
      `/${one}/${two}`,
      ...segments.map((three) => `/${one}/${two}/${three}`),
    ]),
  ]),
  "/files/a/b/c/d",
  "/de/notes/1/edit",
  "/notes/1/edit/2026",
];

/** Expects the rewrite of a file of routes to take the same paths as a router does, each of them. */
export function expectAgreement(
  file: string,
  matches: (path: string) => boolean,
  options: ParseRoutesOptions = {},
): void {
  const routes = parseRoutesFile(file, options);
  const compiled = compileSpaRewrite({
    routes,
    // What a segment looks like is not the routers' affair.
    dottedPaths: ["/*"],
    ignoreCase: true,
  });
  const headers = { accept: [{ key: "Accept", value: "text/html" }] };
  const isPage = (path: string): boolean =>
    decideSpaRewrite(compiled, { uri: encodeURI(path), headers }).kind === "rewrite";
  const difference = paths
    .filter((path) => isPage(path) !== matches(path))
    .map((path) => `${path}: ${matches(path) ? "only the router" : "only the rewrite"}`);
  expect({ routes, difference }).toEqual({ routes, difference: [] });
  expect(paths.some(matches)).toBe(true);
}

import type { Matchers } from "./file-path.ts";
import { fileRoutes, routesOfList, routesOfTree } from "./route-tree.ts";
import { invalidRoutesFile } from "./routes-file-error.ts";

/** What a file of routes leaves open. */
export interface ParseRoutesOptions {
  /**
   * What SvelteKit's matchers take, as regular expressions by their names: `{ integer: "\\d+" }`.
   * @default - a route with a matcher is refused
   */
  readonly matchers?: Readonly<Record<string, string>>;
}

/**
 * Returns routes for the options from a file that a router or a build emits:
 *
 * - text with one route a line; empty lines and lines that begin with `#` do not count;
 * - a JSON list of routes, or of objects with `path` and `children` (React Router, Vue Router with its aliases,
 *   Angular);
 * - a JSON object with `routes`: such a list, or an object whose keys are paths (Angular's
 *   prerendered-routes.json);
 * - routes-manifest.json, prerender-manifest.json, app-path-routes-manifest.json and pages-manifest.json of
 *   Next.js, with its pages, without API routes and files;
 * - the manifest of Astro's server build, or the list that its hook `astro:routes:resolved` gives, with its
 *   pages, without endpoints, redirects and error pages;
 * - routeTree.gen.ts of TanStack Router, or a list of its routes' ids or paths;
 * - a list of SvelteKit's route ids, or the routes of its manifest, without endpoints.
 *
 * Each is read as that router reads it. A catch-all at the root is the app's own page for what it does not
 * know, and left out.
 *
 * @param text The content of the file.
 * @throws {SpaRewriteOptionsError} `INVALID_ROUTES_FILE` when it is none of these, or has a route that cannot
 *   be read, which it names.
 */
export function parseRoutesFile(
  text: string,
  { matchers = {} }: ParseRoutesOptions = {},
): readonly string[] {
  const content = text.replace(/^\uFEFF/, "").trim();
  const routes = routesOf(content, matchers);
  if (routes.length === 0) throw invalidRoutesFile("has no routes", "Build the app first.");
  return [...new Set(routes)];
}

function routesOf(content: string, matchers: Matchers): readonly string[] {
  const generated = /interface FileRoutesById \{\n(?<entries>.*?)\n\}/s.exec(content)?.groups;
  if (generated !== undefined) return tanStackRoutes(generated["entries"] ?? "");
  // A route may begin with "{" as JSON does, but then goes on with a slash.
  if (!/^(?:\[|\{(?!\/))/.test(content)) return routesOfList(linesOf(content), { matchers });
  return routesOfJson(parseJson(content), matchers);
}

/** The keys are the routes' ids: `'/posts_/$postId': typeof PostsPostIdRoute`. */
function tanStackRoutes(entries: string): readonly string[] {
  const ids = [...entries.matchAll(/^\s*'([^']*)':/gm)].map(([, id = ""]) => id);
  return fileRoutes(ids, "tanstack");
}

function linesOf(content: string): readonly string[] {
  return content.split("\n").flatMap((line, index) => {
    const route = line.trim();
    if (route === "" || route.startsWith("#")) return [];
    if (/^\{?\//.test(route)) return [route];
    throw invalidRoutesFile(
      `has a line ${index + 1} that is not a route: got ${JSON.stringify(route)}`,
      'Begin each route with "/".',
    );
  });
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw invalidRoutesFile("is not JSON", "Emit it again.", cause);
  }
}

function routesOfJson(value: unknown, matchers: Matchers): readonly string[] {
  if (Array.isArray(value)) return routesOfTree(value, { matchers });
  const { routes, staticRoutes, dynamicRoutes, basePath } = {
    ...(value as Readonly<Record<string, unknown>>),
  };
  if (Array.isArray(staticRoutes) && Array.isArray(dynamicRoutes)) {
    const pages = [...staticRoutes, ...dynamicRoutes].map(({ page }) => String(page));
    return nextRoutes(pages, typeof basePath === "string" ? basePath : "");
  }
  if (Array.isArray(routes)) return routesOfTree(routes, { matchers });
  if (routes !== null && typeof routes === "object") {
    if (dynamicRoutes === null || typeof dynamicRoutes !== "object") {
      return routesOfList(Object.keys(routes), { matchers });
    }
    return nextRoutes([...Object.keys(routes), ...Object.keys(dynamicRoutes)], "");
  }
  const pages = nextPagesOf({ ...(value as Readonly<Record<string, unknown>>) });
  if (pages !== undefined) return nextRoutes(pages, "");
  throw invalidRoutesFile(
    `has no routes: got the keys ${JSON.stringify(Object.keys({ ...(value as object) }))}`,
    'Known are a list, {"routes": …}, and {"staticRoutes": …, "dynamicRoutes": …}.',
  );
}

/** The app router names what it serves by file, the pages router files by what they serve. */
function nextPagesOf(manifest: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const entries = Object.entries(manifest).map(([key, to]) => [key, String(to)] as const);
  if (entries.length === 0 || !entries.every(([key]) => key.startsWith("/"))) return undefined;
  if (entries.every(([key, to]) => /\/(?:page|route)$/.test(key) && to.startsWith("/"))) {
    return entries.filter(([key]) => key.endsWith("/page")).map(([, page]) => page);
  }
  return entries.every(([, file]) => file.startsWith("pages/"))
    ? entries.map(([page]) => page)
    : undefined;
}

function nextRoutes(pages: readonly string[], basePath: string): readonly string[] {
  return fileRoutes(pages.filter(isNextPage), "next").map((route) =>
    `${basePath}${route}`.replace(/(?<=.)\/$/, ""),
  );
}

/** Not its API, files, own pages and intercepted routes. */
function isNextPage(page: string): boolean {
  return !/^\/(?:api|_[\w-]+)(?:\/|$)|\.\w+$|\/\(\.+\)/.test(page);
}

import { SpaRewriteOptionsError } from "../spa-rewrite-options-error.ts";

/** A route as routers keep it: its path, relative to its parent's, and its children. */
interface RouteNode {
  readonly path?: unknown;
  readonly page?: unknown;
  readonly route?: unknown;
  readonly pattern?: unknown;
  /** Of Astro: `page`, `endpoint`, `redirect` or `fallback`. */
  readonly type?: unknown;
  readonly origin?: unknown;
  readonly routeData?: unknown;
  readonly index?: unknown;
  readonly children?: unknown;
}

type Tree = readonly unknown[];

/**
 * Returns routes for the options from a file that a router or a build emits:
 *
 * - text with one route a line; empty lines and lines that begin with `#` do not count;
 * - a JSON list of routes, or of objects with `path` and `children` (React Router, Vue Router, Angular);
 * - a JSON object with `routes`: such a list, or an object whose keys are paths (Angular's
 *   prerendered-routes.json);
 * - routes-manifest.json and prerender-manifest.json of Next.js, with its pages, without API routes and
 *   files;
 * - the manifest of Astro's server build, or the list that its hook `astro:routes:resolved` gives, with its
 *   pages, without endpoints, redirects and error pages.
 *
 * Parameters are read as `:id`, `[id]`, `[...rest]`, `[[...rest]]` and `$id`. A catch-all at the root is
 * the app's own page for what it does not know, and left out.
 *
 * @param text The content of the file.
 * @throws {SpaRewriteOptionsError} `INVALID_ROUTES_FILE` when it is none of these.
 */
export function parseRoutesFile(text: string): readonly string[] {
  const content = text.replace(/^\uFEFF/, "").trim();
  // A route may begin with "{" as JSON does, but then goes on with a slash.
  const isJson = /^(?:\[|\{(?!\/))/.test(content);
  const routes = isJson ? parseJson(content) : parseLines(content);
  if (routes.length === 0) throw invalid("has no routes", "Build the app first.");
  return [...new Set(routes)];
}

function parseLines(content: string): readonly string[] {
  return content.split("\n").flatMap((line, index) => {
    const route = line.trim();
    if (route === "" || route.startsWith("#")) return [];
    if (/^\{?\//.test(route)) return [route];
    throw invalid(
      `has a line ${index + 1} that is not a route: got ${JSON.stringify(route)}`,
      'Begin each route with "/".',
    );
  });
}

function parseJson(content: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw invalid("is not JSON", "Emit it again.", cause);
  }
  if (Array.isArray(value)) return fromTree(value, "");
  const { routes, staticRoutes, dynamicRoutes, basePath } = {
    ...(value as Readonly<Record<string, unknown>>),
  };
  if (Array.isArray(staticRoutes) && Array.isArray(dynamicRoutes)) {
    const pages = [...staticRoutes, ...dynamicRoutes].map(({ page }) => page);
    return fromTree(pages.filter(isNextPage), "").map((page) =>
      `${typeof basePath === "string" ? basePath : ""}${page}`.replace(/(?<=.)\/$/, ""),
    );
  }
  if (Array.isArray(routes)) return fromTree(routes, "");
  if (routes !== null && typeof routes === "object") {
    const isNext = dynamicRoutes !== null && typeof dynamicRoutes === "object";
    const paths = Object.keys({ ...routes, ...(isNext && dynamicRoutes) });
    return fromTree(isNext ? paths.filter(isNextPage) : paths, "");
  }
  throw invalid(
    `has no routes: got the keys ${JSON.stringify(Object.keys({ ...(value as object) }))}`,
    'Known are a list, {"routes": …}, and {"staticRoutes": …, "dynamicRoutes": …}.',
  );
}

/** Not its API, files, own pages and intercepted routes. */
function isNextPage(page: unknown): boolean {
  return typeof page !== "string" || !/^\/(?:api|_[\w-]+)(?:\/|$)|\.\w+$|\/\(\.+\)/.test(page);
}

function fromTree(nodes: Tree, parent: string): readonly string[] {
  return nodes.flatMap((node) => {
    // A list of plain strings is in the options' own syntax already.
    if (typeof node === "string") return isCatchAll(node) ? [] : [fromFileName(node)];
    if (node === null || typeof node !== "object") {
      throw invalid(`has something else than a route: got ${JSON.stringify(node)}`, "Give paths.");
    }
    return fromNode(node, parent);
  });
}

function fromNode(node: RouteNode, parent: string): readonly string[] {
  if (node.routeData !== undefined) return fromTree([node.routeData], parent);
  if (!isAstroPage(node)) return [];
  const path = node.path ?? node.page ?? astroPath(node) ?? "";
  if (typeof path !== "string") {
    throw invalid(`has a path that is not a string: got ${JSON.stringify(path)}`, "Give a path.");
  }
  const children = Array.isArray(node.children) ? (node.children as Tree) : [];
  const whole = path.startsWith("/") ? path : [parent, path].filter(Boolean).join("/");
  const rooted = whole.startsWith("/") ? whole : `/${whole}`;
  // A node without a path, or with children alone, is a layout.
  const own = children.length > 0 ? [] : isCatchAll(rooted) ? [] : [fromRouter(rooted)];
  return [...own, ...fromTree(children, rooted === "/" ? "" : rooted)];
}

/** What other routers list has neither type nor origin. */
function isAstroPage({ type, origin, route, pattern }: RouteNode): boolean {
  const path = route ?? pattern;
  if (typeof path !== "string") return true;
  return (type ?? "page") === "page" && origin !== "internal" && !/^\/(?:404|500|_.*)$/.test(path);
}

/** Astro's rest of a path may be empty. */
function astroPath({ route, pattern }: RouteNode): unknown {
  const path = route ?? pattern;
  return typeof path === "string" ? path.replaceAll(/(?<=.\/)\[(\.\.\.[\w-]+)\]/g, "[[$1]]") : path;
}

function isCatchAll(path: string): boolean {
  return /^\/?(?:\*\*?|\$|:\w+\(\.\*\)\*?|\[\.\.\.[\w-]+\])$/.test(path);
}

/** What a router writes differently from URLPattern: a splat also matches nothing, `seg?` is optional. */
function fromRouter(path: string): string {
  const segments = path.split("/").slice(1);
  const last = segments.length - 1;
  const written = segments.map((segment, index) => {
    if (index === last && /^\*\*?$/.test(segment)) return "{/*}?";
    if (/^[\w-]+\?$/.test(segment)) return `{/${segment.slice(0, -1)}}?`;
    return `/${segment}`;
  });
  return fromFileName(written.join(""));
}

/** The names of files in Next.js, SvelteKit, Astro, TanStack and Remix. */
function fromFileName(path: string): string {
  return path
    .replaceAll(/(?<=\[(?:\.\.\.)?[\w-]*)-(?=[\w-]*\])/g, "_")
    .replaceAll(/\/\[\[\.\.\.(\w+)\]\]/g, "/:$1*")
    .replaceAll(/\/\[\.\.\.(\w+)\]/g, "/:$1+")
    .replaceAll(/\/\[\[(\w+)\]\]/g, "/:$1?")
    .replaceAll(/\[(\w+)\]/g, ":$1")
    .replaceAll(/\/\$([A-Za-z_]\w*)/g, "/:$1")
    .replace(/\/\$$/, "{/*}?");
}

function invalid(problem: string, remedy: string, cause?: unknown): SpaRewriteOptionsError {
  return new SpaRewriteOptionsError(
    "INVALID_ROUTES_FILE",
    `The file of routes ${problem}. ${remedy}`,
    cause === undefined ? undefined : { cause },
  );
}

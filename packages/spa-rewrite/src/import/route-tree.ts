import { filePathname, type FileRouter, fileRouterOf, type Matchers } from "./file-path.ts";
import { routesOfPathname } from "./pathname-text.ts";
import { type Router, routerPathname } from "./router-path.ts";
import { invalidRoutesFile } from "./routes-file-error.ts";

/** A route as routers keep it: its path, relative to its parent's, and its children. */
interface RouteNode {
  readonly path?: unknown;
  /** Of Next.js; an object in SvelteKit's manifest. */
  readonly page?: unknown;
  readonly route?: unknown;
  readonly pattern?: unknown;
  /** Of Astro: `page`, `endpoint`, `redirect` or `fallback`. */
  readonly type?: unknown;
  readonly origin?: unknown;
  readonly routeData?: unknown;
  readonly index?: unknown;
  readonly children?: unknown;
  /** Of Vue Router: further paths. */
  readonly alias?: unknown;
  /** Of Angular: another outlet's paths are not in the URL's own. */
  readonly outlet?: unknown;
  readonly id?: unknown;
  /** Of SvelteKit. */
  readonly params?: unknown;
}

/** What is known besides the routes. */
export interface RouteTreeContext {
  readonly matchers: Matchers;
}

// What only one router's routes have.
const marks: Readonly<Record<Exclude<Router, "router">, readonly string[]>> = {
  "vue-router": ["alias", "redirect", "components", "props", "beforeEnter", "meta", "sensitive"],
  angular: ["pathMatch", "redirectTo", "loadChildren", "loadComponent", "outlet", "canActivate"],
  "react-router": ["id", "index", "caseSensitive", "file", "handle", "hasErrorBoundary"],
};
// A regular expression, a repetition, a backslash; the rest of a path.
const paths: Readonly<Record<Exclude<Router, "router">, RegExp>> = {
  "vue-router": /:\w+(?:\(|[*+])|\\/,
  angular: /(?:^|\/)\*\*$/,
  "react-router": /(?:^|\/)\*$|\w\?\//,
};

/** Returns the pathnames of a list of routes: strings, or objects with children. */
export function routesOfTree(
  nodes: readonly unknown[],
  context: RouteTreeContext,
): readonly string[] {
  const texts = nodes.filter((node) => typeof node === "string");
  const router = routerOf(nodes);
  return [
    ...routesOfList(texts, context),
    ...nodes
      .filter((node) => typeof node !== "string")
      .flatMap((node) => routesOfNode(asNode(node), [""], router, context)),
  ];
}

/** Returns the pathnames of a list of paths, in the options' own syntax or named like files. */
export function routesOfList(
  list: readonly string[],
  { matchers }: RouteTreeContext,
): readonly string[] {
  const router = fileRouterOf(list);
  return router === undefined
    ? list.filter((path) => !isCatchAll(path))
    : fileRoutes(list, router, matchers);
}

/** Returns the pathnames of a router's routes that are named like files. */
export function fileRoutes(
  names: readonly string[],
  router: FileRouter,
  matchers: Matchers = {},
): readonly string[] {
  return names
    .filter((name) => isPage(name, router))
    .flatMap((name) => routesOfPathname(filePathname(name, router, matchers)));
}

/** Neither a layout, nor what takes all that no other route does. */
function isPage(name: string, router: FileRouter): boolean {
  if (router === "tanstack" && /^__root__$|(?:^|\/)(?:_[^/]*|\([^)]+\))$/.test(name)) return false;
  return !isCatchAll(name.replaceAll(/(?:^|\/)\([^)]+\)(?=\/|$)/g, ""));
}

/** The app's page for what it does not know. */
function isCatchAll(path: string): boolean {
  return /^\/?(?:\*\*?|\$|:\w+\(\.\*\)\*?|\[\.\.\.[\w-]+(?:=[\w-]+)?\])$/.test(path);
}

function routerOf(nodes: readonly unknown[]): Router {
  const all = nodes.flatMap(withDescendants);
  const found = (["vue-router", "angular", "react-router"] as const).find((router) =>
    all.some(
      (node) =>
        marks[router].some((mark) => node[mark] !== undefined) ||
        (typeof node["path"] === "string" && paths[router].test(node["path"])),
    ),
  );
  if (found !== undefined) return found;
  // Where nothing else says, a name amid a segment is one of Vue Router's.
  const hasNameAmid = all.some(
    ({ path }) => typeof path === "string" && /[^/]:[A-Za-z]/.test(path),
  );
  return hasNameAmid ? "vue-router" : "router";
}

function withDescendants(node: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (node === null || typeof node !== "object") return [];
  const { children } = node as RouteNode;
  return [{ ...node }, ...(Array.isArray(children) ? children.flatMap(withDescendants) : [])];
}

function asNode(node: unknown): RouteNode {
  if (node !== null && typeof node === "object") return node;
  throw invalidRoutesFile(
    `has something else than a route: got ${JSON.stringify(node)}`,
    "Give paths.",
  );
}

function routesOfNode(
  node: RouteNode,
  parents: readonly string[],
  router: Router,
  context: RouteTreeContext,
): readonly string[] {
  if (node.routeData !== undefined)
    return routesOfNode(asNode(node.routeData), [""], router, context);
  const file = fileOf(node);
  if (file !== undefined) {
    return file.path === undefined ? [] : fileRoutes([file.path], file.router, context.matchers);
  }
  if (typeof node.outlet === "string" && node.outlet !== "primary") return [];
  const own = ownPaths(node).flatMap((path) => parents.map((parent) => joined(parent, path)));
  // A route without a path is a layout, and no page itself.
  const isLayout = typeof node.path !== "string" && node.index !== true;
  const pages = isLayout ? [] : own.filter((path) => !isCatchAll(path));
  const children = Array.isArray(node.children) ? (node.children as readonly unknown[]) : [];
  return [
    ...pages.flatMap((path) => routesOfPathname(routerPathname(path, router))),
    ...children.flatMap((child) => routesOfNode(asNode(child), own, router, context)),
  ];
}

function ownPaths({ path = "", alias = [] }: RouteNode): readonly string[] {
  return [path, alias].flat().map((each) => {
    if (typeof each === "string") return each;
    if (each === null) return "";
    throw invalidRoutesFile(
      `has a path that is not a string: got ${JSON.stringify(each)}`,
      "Give a path.",
    );
  });
}

function joined(parent: string, path: string): string {
  if (path.startsWith("/")) return path;
  const whole = [parent, path].filter(Boolean).join("/");
  return `/${whole}`.replaceAll(/\/{2,}/g, "/");
}

/** Returns a route that is named like a file; without a path where it is no page. */
function fileOf(node: RouteNode) {
  const { type, origin, route, pattern, page, id, params } = node;
  if (Array.isArray(params) && typeof id === "string") {
    return { router: "sveltekit", path: page ? id : undefined } as const;
  }
  if (typeof page === "string") return { router: "next", path: page } as const;
  const path = route ?? pattern;
  if (typeof path !== "string") return undefined;
  // What other routers list has neither type nor origin.
  const isPage =
    (type ?? "page") === "page" && origin !== "internal" && !/^\/(?:404|500|_.*)$/.test(path);
  return { router: "astro", path: isPage ? path : undefined } as const;
}

import { escapeClasses } from "../routes/escape-classes.ts";
import { anyRest, anySegment, literal, parameter } from "./pathname-text.ts";
import { invalidRoutesFile } from "./routes-file-error.ts";

/** Routers whose routes are objects with paths: `router` where nothing says which. */
export type Router = "react-router" | "vue-router" | "angular" | "router";

/** Returns a whole path of such a router as a URLPattern pathname. */
export function routerPathname(path: string, router: Router): string {
  if (router === "vue-router") return vuePathname(path);
  const segments = path.split("/").filter(Boolean);
  const written = segments.map((segment, index) => {
    const isLast = index === segments.length - 1;
    return router === "angular"
      ? angularSegment(segment)
      : reactSegment(segment, isLast, path, router);
  });
  return written.join("") || "/";
}

/** @see https://angular.dev/guide/routing/define-routes */
function angularSegment(segment: string): string {
  if (segment === "**") return anyRest;
  return `/${segment.startsWith(":") ? parameter(segment.slice(1)) : literal(segment)}`;
}

/** @see https://reactrouter.com/start/framework/routing */
function reactSegment(segment: string, isLast: boolean, path: string, router: Router): string {
  if (isLast && /^\*\*?$/.test(segment)) return anyRest;
  if (isLast && segment.endsWith("*")) return `/${literal(segment.slice(0, -1))}${anyRest}`;
  const [, name, optional = "", suffix = ""] = /^:([\w-]+)(\?)?(.*)$/.exec(segment) ?? [];
  if (name !== undefined) {
    if (router === "router" && name.includes("-")) throw ambiguous(segment, path);
    if (suffix === "") return `/${parameter(name)}${optional}`;
    return `/${optional ? "([^\\/]*)" : anySegment}${literal(suffix)}`;
  }
  return /^[\w-]+\?$/.test(segment) ? `{/${segment.slice(0, -1)}}?` : `/${literal(segment)}`;
}

function ambiguous(segment: string, path: string): Error {
  return invalidRoutesFile(
    `has a parameter that routers read differently: got ${JSON.stringify(segment)} in ${JSON.stringify(path)}`,
    `Name it without a hyphen: ${JSON.stringify(segment.replaceAll(/-(\w?)/g, (_, next: string) => next.toUpperCase()))}.`,
  );
}

/** @see https://router.vuejs.org/guide/essentials/route-matching-syntax.html */
function vuePathname(path: string): string {
  let written = "";
  for (let rest = path; rest !== "";) {
    const [found = "", escaped, name, regex, modifier = "", text = ""] =
      /^(?:\\(.)|:(\w+)(?:\(((?:\\.|[^\\)])*)\))?([?*+]?)|(.))/su.exec(rest) ?? [rest];
    rest = rest.slice(found.length);
    if (name === undefined) written += literal(escaped ?? text);
    else written += `${parameter(name)}${vueGroup(regex, path)}${modifier}`;
    // A name takes the letters that follow it.
    if (name !== undefined && regex === undefined && modifier === "" && /^\w/.test(rest)) {
      written = written.replace(/:\w+$/, anySegment);
    }
  }
  return written;
}

function vueGroup(regex: string | undefined, path: string): string {
  if (regex === undefined) return "";
  if (regex === ".*") return "(.*)";
  // A parenthesis that closes has a backslash there.
  const escaped = escapeClasses(regex.replaceAll("\\)", ")"));
  if (escaped !== undefined) return `(${escaped})`;
  throw invalidRoutesFile(
    `has a regular expression that is not valid: got ${JSON.stringify(regex)} in ${JSON.stringify(path)}`,
    "Mend it in the router.",
  );
}

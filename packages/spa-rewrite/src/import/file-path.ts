import { anyRest, anySegment, literal, parameter } from "./pathname-text.ts";
import { invalidRoutesFile } from "./routes-file-error.ts";

/** Routers whose routes are named like files: `files` where nothing says which. */
export type FileRouter = "next" | "astro" | "sveltekit" | "tanstack" | "files";

/** Regular expressions by the names of SvelteKit's matchers. */
export type Matchers = Readonly<Record<string, string>>;

/** Returns which router names its routes as a list does; undefined for a list in the options' own syntax. */
export function fileRouterOf(paths: readonly string[]): FileRouter | undefined {
  const has = (pattern: RegExp): boolean => paths.some((path) => pattern.test(path));
  if (has(/(?:^|\/):\w/)) return undefined;
  if (has(/(?:^|\/)\$|\{-?\$[\w-]*\}|^__root__|(?:^|\/)(?:_\w+|\w+_)\//)) return "tanstack";
  if (has(/(?:^|\/)\([\w -]+\)(?:\/|$)|\[\[?(?:\.\.\.)?[\w-]+=|\[\[(?!\.\.\.)|\[[ux]\+/)) {
    return "sveltekit";
  }
  return has(/\[/) ? "files" : undefined;
}

/** Returns a route named like a file as a URLPattern pathname. */
export function filePathname(path: string, router: FileRouter, matchers: Matchers): string {
  const segments = path.split("/").filter(Boolean);
  const written = segments.map((segment) => {
    if (router === "tanstack") return tanStackSegment(segment);
    // A group, or a slot of Next.js.
    if (/^\([^)]+\)$/.test(segment) || (router === "next" && segment.startsWith("@"))) return "";
    return bracketSegment(segment, path, router, matchers);
  });
  return written.join("") || "/";
}

/** @see https://tanstack.com/router/latest/docs/framework/react/routing/file-naming-conventions */
function tanStackSegment(segment: string): string {
  // Groups, and layouts without a path.
  if (/^(?:__root__|\([^)]+\)|_[^/]*)$/.test(segment)) return "";
  if (segment === "$") return anyRest;
  // A route that is not nested in its parent.
  const own = segment.replace(/_$/, "");
  if (own.startsWith("$")) return `/${parameter(own.slice(1))}`;
  const [, before = "", optional, name, after = ""] =
    /^(.*?)\{(-)?\$([^{}]*)\}(.*)$/.exec(own) ?? [];
  if (name === undefined) return `/${literal(own)}`;
  if (name === "") return `/${literal(before)}*${literal(after)}`;
  if (optional && before + after === "") return `/${parameter(name)}?`;
  const whole = `/${literal(before)}${anySegment}${literal(after)}`;
  return optional ? `{${whole}}?` : before + after === "" ? `/${parameter(name)}` : whole;
}

/** A parameter in brackets, with its dots, its name and its matcher. */
const bracketed = /^(\[?)(\.\.\.)?([\w-]+)(?:=([\w-]+))?\]?$/;

/**
 * @see https://svelte.dev/docs/kit/advanced-routing
 * @see https://nextjs.org/docs/app/api-reference/file-conventions/dynamic-routes
 * @see https://docs.astro.build/en/guides/routing/#dynamic-routes
 */
function bracketSegment(
  segment: string,
  path: string,
  router: FileRouter,
  matchers: Matchers,
): string {
  const parts = segment.split(/\[(.+?)\](?!\])/);
  const [before, content = "", after] = parts;
  if (parts.length === 3 && before === "" && after === "") {
    const [, open, dots, name, matcher] = bracketed.exec(content) ?? [];
    if (name !== undefined) {
      const regex = matcher === undefined ? "" : matcherOf(matcher, segment, path, matchers);
      if (dots === undefined) return `/${parameter(name)}${regex}${open ? "?" : ""}`;
      if (regex !== "") return `{/${regex}}?`;
      // The rest may be none, but for one pair of brackets in Next.js.
      return `/${parameter(name)}${router === "next" && !open ? "+" : "*"}`;
    }
  }
  return `/${parts.map((part, index) => (index % 2 === 0 ? literal(part) : bracketPart(part, segment, path, matchers))).join("")}`;
}

function bracketPart(content: string, segment: string, path: string, matchers: Matchers): string {
  const codes = /^[ux]\+([\dA-Fa-f-]+)$/.exec(content)?.[1];
  if (codes !== undefined) {
    const points = codes.split("-").map((code) => Number.parseInt(code, 16));
    return literal(encodeURIComponent(String.fromCodePoint(...points)).replaceAll("%3A", ":"));
  }
  const [, open, dots, name, matcher] = bracketed.exec(content) ?? [];
  if (name === undefined) {
    throw invalidRoutesFile(
      `has brackets that are no parameter: got ${JSON.stringify(segment)} in ${JSON.stringify(path)}`,
      'Write a name, as in "[id]", "[...rest]" or "[[lang]]".',
    );
  }
  if (matcher !== undefined) return matcherOf(matcher, segment, path, matchers);
  return dots ? "(.*)" : open ? "([^\\/]*)" : anySegment;
}

/** What a matcher takes, only its code knows. */
function matcherOf(name: string, segment: string, path: string, matchers: Matchers): string {
  const regex = matchers[name];
  if (regex !== undefined) return `(${regex})`;
  throw invalidRoutesFile(
    `has a matcher whose code is not in it: got ${JSON.stringify(segment)} in ${JSON.stringify(path)}`,
    `Give what it takes as a regular expression: parseRoutesFile(text, { matchers: { ${name}: "\\\\d+" } }).`,
  );
}

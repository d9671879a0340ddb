import { lambdaEdgeReader } from "edge-handler";
import type { CompiledSpaRewrite } from "../edge/compiled-spa-rewrite.ts";
import {
  decidedRequest,
  type DecidedRequest,
  type SpaRewriteRequest,
} from "../decide-spa-rewrite.ts";
import { decide, matchPage, type PageMatch, type SpaRewriteDecision } from "../edge/decide.ts";
import { decodePath } from "../edge/decode-path.ts";
import { type ReadyRule, readySpaRewrite } from "../edge/ready-spa-rewrite.ts";
import {
  type PathGuard,
  appRoute,
  dotSegment,
  excludedPath,
  fileName,
  grouped,
  pathEnd,
} from "../compile/path-rules.ts";
import type { ResolvedSpaApp } from "../compile/spa-rewrite-options.ts";

/** Which rule decided on a request, why, and what becomes of it. */
export interface SpaRewriteExplanation {
  /**
   * The option that decided, as in `routes[0]`, `apps[1].mode`, `exclude[0]` or `siteFiles`; or what
   * of the request did: `method`, `uri`, `accept`.
   */
  readonly rule: string;
  /** One sentence. */
  readonly reason: string;
  readonly result: SpaRewriteDecision;
}

type Explained = Omit<SpaRewriteExplanation, "result">;

/** Returns why `decideSpaRewrite` decides on a request as it does. */
export function explainSpaRewrite(
  compiled: CompiledSpaRewrite,
  request: SpaRewriteRequest,
): SpaRewriteExplanation {
  return createExplanation(compiled)(request);
}

/** A regular expression, and what an explanation says of the option that it stands for. */
type Matcher = Explained & { readonly pattern: RegExp };

/** Returns the explanation as a function of the request, for many requests. */
export function createExplanation(
  compiled: CompiledSpaRewrite,
): (request: SpaRewriteRequest) => SpaRewriteExplanation {
  const ready = readySpaRewrite(compiled);
  const noPages = noPageMatchers(compiled);
  const pages = new Map(compiled.options.apps.map((app) => [app, pageMatchers(app, compiled)]));

  const explainPath = ({ path, rule }: PageMatch): Explained => {
    const app = appOf(compiled, path);
    const matchers = rule === undefined ? noPages : (app && pages.get(app)) || [];
    const found = matchers.find(({ pattern }) => pattern.test(path));
    if (found !== undefined) return { rule: found.rule, reason: found.reason };
    if (!path.startsWith("/")) return { rule: "uri", reason: 'The path does not begin with "/".' };
    return { rule: `${app?.subject}routes`, reason: "The path matches no route." };
  };

  return (request) => {
    const decided = decidedRequest(request);
    const result = decide(ready, decided, lambdaEdgeReader);
    const matched = matchPage(ready, decided.uri);
    const { rule } = matched;
    if (result.kind === "redirect") return { ...explainRedirect(compiled), result };
    const explained = explainRequest(decided, matched) ?? explainFile(compiled, matched);
    if (explained !== undefined) return { ...explained, result };
    const isRefused = rule !== undefined && result.kind === "pass" && rule.document !== decided.uri;
    return { ...(isRefused ? explainRefusal(rule) : explainPath(matched)), result };
  };
}

function explainRedirect({ options }: CompiledSpaRewrite): Explained {
  const verb = options.trailingSlash === "add" ? "ends" : "does not end";
  return { rule: "trailingSlash", reason: `The page's path ${verb} in a slash.` };
}

function explainRequest({ method }: DecidedRequest, { path }: PageMatch): Explained | undefined {
  if (method !== "GET" && method !== "HEAD") {
    return { rule: "method", reason: `${method} asks for no page: only GET and HEAD do.` };
  }
  if (path !== "") return undefined;
  return { rule: "uri", reason: "The percent-encoding is malformed, so the path has no meaning." };
}

function explainFile({ rules }: CompiledSpaRewrite, { file }: PageMatch): Explained | undefined {
  if (file === undefined) return undefined;
  const isDocument = rules.some(({ document }) => document === file);
  const what = isDocument ? "a document's own path" : "a file or page that the site has";
  return { rule: "siteFiles", reason: `The path is ${what}: ${file}.` };
}

function explainRefusal({ asked }: ReadyRule): Explained {
  return {
    rule: "accept",
    reason:
      asked === "html"
        ? "The path is a page, but looks like an asset, and the viewer does not ask for HTML by name."
        : "The path is a page, but the viewer does not ask for one: see its Accept and Sec-Fetch-Dest headers.",
  };
}

function pageMatchers(
  app: ResolvedSpaApp,
  { options, flags }: CompiledSpaRewrite,
): readonly Matcher[] {
  if (app.mode === "fallback") {
    const where = app.prefix === "" ? "the site" : `${app.prefix}/*`;
    const reason = `Every navigation in ${where} gets ${app.document}.`;
    return [{ rule: `${app.subject}mode`, reason, pattern: /^/ }];
  }
  return app.routes.map((route, index) => ({
    rule: `${app.subject}routes[${index}]`,
    reason: `The path matches ${JSON.stringify(route)}.`,
    pattern: new RegExp(`^${grouped([appRoute(app, index, options)])}${pathEnd(options)}`, flags),
  }));
}

/** What makes a path no page, whatever the routes are. */
function noPageMatchers({ options, flags }: CompiledSpaRewrite): readonly Matcher[] {
  const matcher = (rule: string, { source }: PathGuard, reason: string): Matcher => {
    return { rule, reason, pattern: new RegExp(`^(?=/)${source}`, flags) };
  };
  const dots = options.dotFiles
    ? 'The path has a segment "." or "..".'
    : "A segment of the path begins with a dot.";
  const file = "The last segment names a file, and no route or dotted path says otherwise.";
  return [
    matcher("dotFiles", dotSegment(options), dots),
    ...options.exclude.map((path, index) => {
      const reason = `The path is ${JSON.stringify(path)} or below it.`;
      return matcher(`exclude[${index}]`, excludedPath(options, index), reason);
    }),
    matcher("dottedPaths", fileName(options), file),
  ];
}

/** The app with the longest prefix has the path, whether it is a page of it or not. */
function appOf({ options, flags }: CompiledSpaRewrite, path: string): ResolvedSpaApp | undefined {
  const fold = (value: string): string => (flags === "" ? value : value.toLowerCase());
  return options.apps.find(({ prefix }) =>
    fold(`${path}/`).startsWith(fold(`${decodePath(prefix)}/`)),
  );
}

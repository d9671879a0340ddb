import { backtrackingProblem } from "./backtracking.ts";
import { UnsupportedGroup } from "./parse-group.ts";
import { parsePathname } from "./parse-pathname.ts";
import { type PathExpression, printPathExpression } from "./path-expression.ts";
import { PathnameSyntaxError } from "./pathname-tokens.ts";
import { SpaRewriteOptionsError } from "../spa-rewrite-options-error.ts";

const problems = {
  ambiguous: [
    "is not linear in the path, since two of its parts can take the same text, so that a long path would take very long",
    'Give each part characters of its own, as in "/:from(\\\\d+)-:to(\\\\d+)".',
  ],
  branching: [
    "has more than eight places where it can go on in two ways",
    "Split it into several routes with fewer optional parts.",
  ],
  large: [
    "is too large once its counts are written out",
    'Write "+" or smaller numbers in place of its counts.',
  ],
} as const;

/**
 * Returns what a URLPattern pathname matches, as an expression over decoded paths.
 *
 * @param subject How an error names the route, as in `routes[0]`.
 * @throws {SpaRewriteOptionsError} `INVALID_TYPE` when the route is not a string; `INVALID_ROUTE` when
 *   it is not a path, uses syntax that is not supported, or is not linear in the path.
 */
export function routeExpression(
  route: unknown,
  subject: string,
  ignoreCase = false,
): PathExpression {
  if (typeof route !== "string") {
    throw new SpaRewriteOptionsError(
      "INVALID_TYPE",
      `${subject} is not a string: got ${JSON.stringify(route) ?? "nothing"}. Give a path, as in "/notes/:id".`,
    );
  }
  if (!/^\{*\//.test(route)) {
    throw invalidRoute(
      subject,
      'does not start with "/"',
      route,
      `Write ${JSON.stringify(`/${route}`)}.`,
    );
  }
  const expression = parseRoute(route, subject);
  const problem = backtrackingProblem(expression, ignoreCase);
  if (problem !== undefined) {
    const [what, remedy] = problems[problem];
    throw invalidRoute(subject, what, route, remedy);
  }
  return expression;
}

/**
 * Returns the source of a regular expression, without anchors and flags, that matches those decoded
 * paths that the URLPattern pathname `route` matches.
 *
 * @param subject How an error names the route, as in `routes[0]`.
 * @throws {SpaRewriteOptionsError} as `routeExpression` does.
 */
export function routePattern(route: unknown, subject: string, ignoreCase = false): string {
  const expression = routeExpression(route, subject, ignoreCase);
  const source = printPathExpression(expression);
  return expression.kind === "choice" ? `(?:${source})` : source;
}

function parseRoute(route: string, subject: string): PathExpression {
  try {
    return parsePathname(route);
  } catch (cause) {
    if (cause instanceof PathnameSyntaxError) {
      throw invalidRoute(subject, "is not a URLPattern pathname", route, cause.message, cause);
    }
    if (cause instanceof UnsupportedGroup) {
      throw invalidRoute(
        subject,
        "has a regular expression that is not supported",
        route,
        cause.message,
        cause,
      );
    }
    throw cause;
  }
}

function invalidRoute(
  subject: string,
  problem: string,
  route: string,
  remedy: string,
  cause?: unknown,
): SpaRewriteOptionsError {
  return new SpaRewriteOptionsError(
    "INVALID_ROUTE",
    `${subject} ${problem}: got ${JSON.stringify(route)}. ${remedy}`,
    cause === undefined ? undefined : { cause },
  );
}

import { SpaRewriteOptionsError } from "./spa-rewrite-options-error.ts";

/** Where a problem is: how an error names the route, as in `routes[0]`, and the route itself. */
interface RouteSubject {
  readonly subject: string;
  readonly route: string;
}

const plainText = /^(?:[\w\-.~!$&',;=@]|%[\dA-Fa-f]{2})*$/;
const dotSegment = /^(?:\.|%2e){1,2}$/i;
const namedSegment =
  /^(?<before>[^:(]*):(?<name>[A-Za-z_$][\w$]*)(?:\((?<group>[^()]+)\))?(?<after>.*)$/;

// An element never matches "/": an escape, a class of characters, or one character.
const element = String.raw`(?:\\[dw.]|\[(?:\\[dw\-]|[\w.~%]|[A-Za-z\d]-[A-Za-z\d])+\]|[\w\-~%])`;
const fixedElement = String.raw`${element}(?:\{\d{1,2}\})?`;
const variableElement = String.raw`${element}(?:[?*+]|\{\d{1,2},\d{0,2}\})`;
// With one element of variable length at most, the time to match is linear in the length of the path.
const alternative = `(?:${fixedElement})*(?:${variableElement}(?:${fixedElement})*)?`;
const linearGroup = new RegExp(String.raw`^${alternative}(?:\|${alternative})*$`);

/**
 * Returns the source of a regular expression, without anchors, that matches what the URLPattern
 * pathname `route` matches.
 *
 * @param subject How an error names the route, as in `routes[0]`.
 * @throws {SpaRewriteOptionsError} `INVALID_TYPE` when the route is not a string; `INVALID_ROUTE` when
 *   it is not a path, or uses more than text, `:name` and `:name(regular expression)`.
 */
export function routePattern(route: unknown, subject: string): string {
  if (typeof route !== "string") {
    throw new SpaRewriteOptionsError(
      "INVALID_TYPE",
      `${subject} is not a string: got ${JSON.stringify(route) ?? "nothing"}. Give a path, as in "/notes/:id".`,
    );
  }
  const at: RouteSubject = { subject, route };
  if (!route.startsWith("/")) {
    throw invalidRoute(at, 'does not start with "/"', `Write ${JSON.stringify(`/${route}`)}.`);
  }
  const segments = route.slice(1).split("/");
  refuseEmptySegments(segments, at);
  refuseRepeatedNames(segments, at);
  return `/${segments.map((segment) => segmentPattern(segment, at)).join("/")}`;
}

/** Only the last one may be empty: the route then ends with "/", and so do the paths that it matches. */
function refuseEmptySegments(segments: readonly string[], at: RouteSubject): void {
  if (segments.slice(0, -1).includes("")) {
    throw invalidRoute(at, "has an empty segment", 'Write one "/" between segments.');
  }
}

function refuseRepeatedNames(segments: readonly string[], at: RouteSubject): void {
  const names = segments.flatMap((segment) => namedSegment.exec(segment)?.groups?.["name"] ?? []);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw invalidRoute(at, `has the name ":${repeated}" twice`, "Give each its own name.");
  }
}

function segmentPattern(segment: string, at: RouteSubject): string {
  if (dotSegment.test(segment)) {
    throw invalidRoute(
      at,
      `has the segment ${JSON.stringify(segment)}`,
      "Write the path that it leads to.",
    );
  }
  const parts = namedSegment.exec(segment)?.groups;
  if (parts === undefined) return textPattern(segment, at);
  const { before = "", group, after = "" } = parts;
  if (dotSegment.test(before)) {
    throw invalidRoute(
      at,
      `has ${JSON.stringify(before)} before a name, which URLPattern drops`,
      'Write it into a regular expression, as in ":name(\\\\.\\\\w+)".',
    );
  }
  const named = group === undefined ? "[^/]+" : groupPattern(group, at);
  return textPattern(before, at) + named + textPattern(after, at);
}

function textPattern(text: string, at: RouteSubject): string {
  if (!plainText.test(text)) {
    throw invalidRoute(
      at,
      `has ${JSON.stringify(text)} where text stands`,
      'Supported: percent-encoded text, and in each segment one ":name" or ":name(\\\\d+)".',
    );
  }
  return text.replaceAll(/[.$]/g, String.raw`\$&`);
}

function groupPattern(group: string, at: RouteSubject): string {
  if (!linearGroup.test(group)) {
    throw invalidRoute(
      at,
      `has the regular expression ${JSON.stringify(group)}`,
      'Supported: letters, digits, "\\\\d", "\\\\w", "\\\\.", classes as in "[a-z\\\\-]", "|", and in each alternative one "+", "*", "?" or "{1,9}".',
    );
  }
  try {
    // The flag with which URLPattern compiles it.
    return `(?:${new RegExp(group, "v").source})`;
  } catch (cause) {
    throw invalidRoute(
      at,
      `has the regular expression ${JSON.stringify(group)}`,
      "It is not valid.",
      cause,
    );
  }
}

function invalidRoute(
  { subject, route }: RouteSubject,
  problem: string,
  remedy: string,
  cause?: unknown,
): SpaRewriteOptionsError {
  return new SpaRewriteOptionsError(
    "INVALID_ROUTE",
    `${subject} ${problem}: got ${JSON.stringify(route)}. ${remedy}`,
    cause === undefined ? undefined : { cause },
  );
}

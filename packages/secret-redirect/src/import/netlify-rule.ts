import type { NamedValues, RedirectConditions, RedirectRule } from "../compile/redirect-rule.ts";
import type { NoRedirect } from "./redirect-source.ts";
import { hostAndPath } from "./host-and-path.ts";
import { redirectStatus } from "./redirect-status.ts";

/** A rule in Netlify's terms, from either of its files. */
export interface NetlifyRule {
  readonly from: unknown;
  readonly to: unknown;
  /** @default - 301 */
  readonly status?: unknown;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly conditions?: Readonly<Record<string, unknown>>;
}

/** Returns the rule in our terms, or what is wrong with it. */
export function netlifyRule(given: NetlifyRule): { rule: RedirectRule } | NoRedirect {
  const { from, to, status: givenStatus = 301, query = {}, conditions = {} } = given;
  if (typeof from !== "string" || from === "")
    return { message: "The path is missing. Give from." };
  const source = hostAndPath(from);
  if (source === undefined)
    return {
      message: `The path is not a URL: got ${JSON.stringify(from)}. Give a path, or a URL with a host.`,
    };
  if (source.path.startsWith("/.netlify")) {
    return {
      message: `Paths below /.netlify are Netlify's own: got ${JSON.stringify(from)}. Leave the rule out.`,
    };
  }
  const status = redirectStatus(givenStatus);
  if (!("status" in status)) return status;
  if (typeof to !== "string" || to === "") {
    return { message: `The target is missing: got ${JSON.stringify(from)} alone. Give to.` };
  }
  const read = netlifyConditions(conditions);
  if ("message" in read) return read;
  const named = Object.entries(query).map(([name, value]) => [name, String(value)] as const);
  const all: RedirectConditions = {
    ...(source.host !== undefined && { host: source.host }),
    ...(named.length > 0 && { query: Object.fromEntries(named) }),
    ...read.conditions,
  };
  return {
    rule: {
      ...netlifyPattern(source.path, to),
      status: status.status,
      ...(Object.keys(all).length > 0 && { conditions: all }),
    },
  };
}

/**
 * Returns Netlify's path and target with our placeholders. A segment that begins with ":" is one
 * placeholder, whatever its name holds (`:name.html`); a ":" further on is text.
 *
 * @see https://docs.netlify.com/manage/routing/redirects/redirect-options/#placeholders
 */
function netlifyPattern(from: string, to: string): Pick<RedirectRule, "from" | "to"> {
  let target = to;
  const segments = from.split("/").map((segment) => {
    if (!/^:[^:*]/.test(segment)) return segment.replaceAll(":", "%3A");
    const name = `:${segment
      .slice(1)
      .replaceAll(/\W/g, "_")
      .replace(/^(?=\d)/, "_")}`;
    if (name !== segment) target = target.replaceAll(segment, name);
    return name;
  });
  return { from: segments.join("/"), to: target };
}

function netlifyConditions(
  given: Readonly<Record<string, unknown>>,
): { conditions: RedirectConditions } | { message: string } {
  let conditions: RedirectConditions = {};
  for (const [name, value] of Object.entries(given)) {
    const values = (Array.isArray(value) ? value : String(value).split(",")).map(String);
    const kind = name.toLowerCase();
    if (kind === "country" || kind === "language") conditions = { ...conditions, [kind]: values };
    else if (kind === "cookie" && values.length === 1) {
      const cookie: NamedValues = Object.fromEntries(values.map((each) => [each, true]));
      conditions = { ...conditions, cookie };
    } else {
      return {
        message: `The condition ${name} is not supported: got ${JSON.stringify(value)}. Supported: Country, Language, and Cookie with one name.`,
      };
    }
  }
  return { conditions };
}

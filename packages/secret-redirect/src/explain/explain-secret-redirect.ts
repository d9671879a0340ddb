import type {
  CompiledCondition,
  CompiledSecretRedirect,
} from "../edge/compiled-secret-redirect.ts";
import { type Clock, systemClock } from "../edge/secret-redirect-ports.ts";
import { conditionHolds } from "../edge/condition-holds.ts";
import { decideSecretRedirect, lambdaEdgeEngine } from "../edge/decide-secret-redirect.ts";
import { matchingRules } from "../edge/matching-rules.ts";
import { normalisePath } from "edge-handler";
import type { RedirectRequest } from "../edge/read-request-value.ts";

/** Which rule decided on a request, why, and the result. */
export interface SecretRedirectExplanation {
  /** The path in its one spelling. */
  readonly path: string;
  /** The rule that answers, or `undefined` when the request passes. */
  readonly rule: ExplainedRule | undefined;
  /** One sentence. */
  readonly reason: string;
  /** What the viewer is answered, or `undefined` when the request passes. */
  readonly result:
    | { readonly status: string; readonly location: string; readonly cacheControl: string }
    | undefined;
  /** The rules before it that match the path, but ask for more. */
  readonly skipped: readonly { readonly rule: ExplainedRule; readonly reason: string }[];
}

/** A rule, as an explanation names it. */
export interface ExplainedRule {
  /** Its place among all compiled rules; the secret path, where there is one, has 0. */
  readonly index: number;
  readonly from: string;
  /** Where it was written. */
  readonly source?: string;
}

/**
 * Returns which rule decides on a request, and why.
 *
 * @param request A path or URL with or without query string, which a plain GET asks for; or a request.
 */
export function explainSecretRedirect(
  compiled: CompiledSecretRedirect,
  request: string | RedirectRequest,
  clock: Clock = systemClock,
): SecretRedirectExplanation {
  const asked = typeof request === "string" ? requestFor(request) : request;
  const decision = decideSecretRedirect(compiled, asked, clock);
  const path = normalisePath(asked.uri);
  const skipped = matchingRules(compiled.tree, path)
    .filter((index) => decision === undefined || index < decision.rule)
    .map((index) => ({
      rule: explained(compiled, index),
      reason: whyNot(compiled.rules[index]?.when ?? [], asked, clock),
    }));
  if (decision === undefined) {
    const reason =
      skipped.length === 0
        ? `No rule matches ${path}: the request passes untouched.`
        : `The rules that match ${path} ask for more than the request has: it passes untouched.`;
    return { path, rule: undefined, reason, result: undefined, skipped };
  }
  const rule = explained(compiled, decision.rule);
  const { status, headers = {} } = decision.response;
  return {
    path,
    rule,
    reason: `${JSON.stringify(rule.from)} is the first rule that matches ${path}${compiled.rules[rule.index]?.when ? ", and all its conditions hold" : ""}.`,
    result: {
      status,
      location: headers["location"]?.[0]?.value ?? "",
      cacheControl: headers["cache-control"]?.[0]?.value ?? "",
    },
    skipped,
  };
}

function requestFor(given: string): RedirectRequest {
  const { host, rest = given } =
    /^https?:\/\/(?<host>[^/?#]+)(?<rest>.*)$/i.exec(given)?.groups ?? {};
  const [beforeFragment = ""] = rest.split("#");
  const at = beforeFragment.indexOf("?");
  const uri = at < 0 ? beforeFragment : beforeFragment.slice(0, at);
  return {
    uri: uri === "" ? "/" : uri,
    querystring: at < 0 ? "" : beforeFragment.slice(at + 1),
    method: "GET",
    headers: host === undefined ? {} : { host: [{ key: "Host", value: host }] },
  };
}

function explained({ rules }: CompiledSecretRedirect, index: number): ExplainedRule {
  const { from = "", source } = rules[index] ?? {};
  return { index, from, ...(source !== undefined && { source }) };
}

function whyNot(
  conditions: readonly CompiledCondition[],
  request: RedirectRequest,
  clock: Clock,
): string {
  const unmet = conditions.find(
    (condition) => !conditionHolds(condition, request, lambdaEdgeEngine(clock)),
  );
  return unmet ? `It asks for ${described(unmet)}.` : "It holds.";
}

function described(condition: CompiledCondition): string {
  if (condition.in === "time") {
    const { from, until } = condition;
    const moment = (value: number): string => new Date(value).toISOString();
    return `a time${from === undefined ? "" : ` from ${moment(from)}`}${until === undefined ? "" : ` until ${moment(until)}`}`;
  }
  const { in: source, name, absent, oneOf = [], sha256 } = condition;
  const what = ["method", "host", "language"].includes(source)
    ? `the ${source}`
    : `the ${source} ${name}`;
  if (sha256 !== undefined) return `${what} with the right token`;
  if (absent !== undefined) return absent ? `no ${source} ${name}` : what;
  return `${what} to be ${oneOf.map((value) => JSON.stringify(value)).join(" or ")}`;
}

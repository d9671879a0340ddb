import { punycodeRemedy } from "option-checks";
import type { RedirectRule } from "./redirect-rule.ts";
import { invalid } from "./refuse-invalid-option.ts";
import { authorityOf, namesIn } from "./redirect-target.ts";

const hostName = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*$/;

/**
 * Returns a rule whose target's host has a placeholder as one rule for each host that is allowed, with the
 * placeholder's value written out in `from` and `to`; any other rule as it is.
 *
 * @param where As messages name `allowedHosts`.
 * @throws {SecretRedirectOptionsError} `INVALID_LOCATION` when `allowedHosts` are given and do not fit.
 */
export function expandAllowedHosts(where: string, rule: RedirectRule): RedirectRule[] {
  const { allowedHosts, ...rest } = rule;
  if (allowedHosts === undefined) return [rule];
  const isList =
    Array.isArray(allowedHosts) &&
    allowedHosts.length > 0 &&
    allowedHosts.every((host) => typeof host === "string" && hostName.test(host));
  if (!isList) {
    throw invalid(
      "INVALID_LOCATION",
      where,
      "is not a list of host names",
      allowedHosts,
      (Array.isArray(allowedHosts) && allowedHosts.map(punycodeRemedy).find(Boolean)) ||
        'Give lower-case names, as in ["docs.example.com"].',
    );
  }
  const authority = authorityOf(rule.to) ?? "";
  const [name, ...others] = namesIn(authority).filter((each) => rule.from.includes(`:${each}`));
  if (name === undefined || others.length > 0) {
    throw invalid(
      "INVALID_LOCATION",
      where,
      "is given although the host of to has not exactly one placeholder of from",
      rule.to,
      "Leave it out, or write the host with one placeholder.",
    );
  }
  return allowedHosts.map((host) => {
    const value = valueIn(host, authority, name);
    if (value === undefined) {
      throw invalid(
        "INVALID_LOCATION",
        where,
        `does not fit the host ${authority}`,
        host,
        "Give hosts that the placeholder can make.",
      );
    }
    const written = new RegExp(`:${name}(?!\\w)`, "g");
    return {
      ...rest,
      from: rest.from.replaceAll(written, value),
      to: rest.to.replaceAll(written, value),
    };
  });
}

function valueIn(host: string, authority: string, name: string): string | undefined {
  const [before = "", after = ""] = authority.toLowerCase().split(`:${name.toLowerCase()}`);
  const value = host.slice(before.length, host.length - after.length);
  return value !== "" && before + value + after === host ? value : undefined;
}

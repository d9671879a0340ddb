import { didYouMean } from "./did-you-mean.ts";
import { permissionsPolicyFeatures } from "./permissions-policy-features.ts";
import { isEndpointName } from "./reporting-endpoints.ts";
import {
  SecurityHeadersOptionsError,
  invalidType,
  invalidValue,
} from "./security-headers-options-error.ts";

/**
 * Who may use a browser feature, by its name in kebab-case or camelCase: `none`, `self`, `*`, or a list
 * of `self` and origins.
 */
export type PermissionsPolicyOptions = Readonly<
  Record<string, "none" | "self" | "*" | readonly string[]>
>;

const origin = /^https?:\/\/(?:\*\.)?[\w-]+(?:\.[\w-]+)*(?::\d+)?$/;

/**
 * Returns the text of a Permissions-Policy header.
 *
 * @throws {SecurityHeadersOptionsError} when a feature is one that no browser knows or is given twice,
 *   or when an origin is not one.
 */
export function permissionsPolicy(
  options: PermissionsPolicyOptions,
  subject = "permissionsPolicy",
): string {
  if (options === null || typeof options !== "object" || Array.isArray(options)) {
    throw invalidType(
      subject,
      "is not a permissions policy",
      options,
      'Give a text, false, or features, as in {"camera": "none"}.',
    );
  }
  const members = new Map<string, string>();
  for (const [key, who] of Object.entries(options)) {
    const feature = kebabCase(key);
    refuseUnknownFeature(subject, feature, key);
    if (members.has(feature)) {
      throw givenTwice(subject, feature);
    }
    members.set(feature, `${feature}=${allowList(`${subject}[${JSON.stringify(key)}]`, who)}`);
  }
  if (members.size === 0) {
    throw invalidValue(subject, "has no features", options, "Give some, or false for no header.");
  }
  return [...members.values()].join(", ");
}

/**
 * Refuses a Permissions-Policy text with a feature that browsers do not know.
 *
 * @throws {SecurityHeadersOptionsError} `INVALID_NAME` or `INVALID_VALUE`.
 */
export function refuseMistakenPermissionsPolicy(text: string, subject = "permissionsPolicy"): void {
  const features = new Set<string>();
  for (const member of text.split(",")) {
    const [, feature, list] = /^\s*([\w*-]+)\s*=\s*(.*?)\s*$/.exec(member) ?? [];
    if (feature === undefined || list === undefined) {
      throw invalidValue(
        subject,
        "has a member that browsers cannot read",
        member.trim(),
        "Write feature=(), feature=(self) or feature=*.",
      );
    }
    refuseUnknownFeature(subject, feature, feature);
    if (features.has(feature)) throw givenTwice(subject, feature);
    features.add(feature);
    if (!isAllowList(list)) {
      throw invalidValue(
        subject,
        "has a list that browsers cannot read",
        member.trim(),
        'Write (), (self), (self "https://example.com") or *.',
      );
    }
  }
}

function refuseUnknownFeature(subject: string, feature: string, written: string): void {
  if (permissionsPolicyFeatures.includes(feature)) return;
  throw new SecurityHeadersOptionsError(
    "INVALID_NAME",
    `${subject} has a feature that browsers do not know: got ${JSON.stringify(written)}. ${didYouMean(feature, permissionsPolicyFeatures)}`,
  );
}

function givenTwice(subject: string, feature: string): SecurityHeadersOptionsError {
  return new SecurityHeadersOptionsError(
    "INVALID_NAME",
    `${subject} has the feature ${feature} twice. Keep one.`,
  );
}

function isAllowList(text: string): boolean {
  const [, list, endpoint] = /^(\*|self|src|\(.*\))(?:; *report-to=([^\s;]+))?$/.exec(text) ?? [];
  if (list === undefined || (endpoint !== undefined && !isEndpointName(endpoint))) return false;
  if (!list.startsWith("(")) return true;
  return list
    .slice(1, -1)
    .split(" ")
    .every(
      (each) =>
        ["", "*", "self", "src"].includes(each) ||
        (/^".*"$/.test(each) && origin.test(each.slice(1, -1))),
    );
}

function allowList(subject: string, who: unknown): string {
  if (who === "none") return "()";
  if (who === "*") return "*";
  const list: readonly unknown[] =
    who === "self" ? ["self"] : Array.isArray(who) ? who : [undefined];
  const written = list.map((each) => {
    if (each === "self") return "self";
    if (typeof each === "string" && origin.test(each)) return `"${each}"`;
    throw invalidValue(
      subject,
      "does not say who",
      who,
      'Allowed: "none", "self", "*", or a list as in ["self", "https://example.com"].',
    );
  });
  return `(${written.join(" ")})`;
}

function kebabCase(key: string): string {
  return key.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

import { didYouMean, isObject } from "option-checks";
import { isEndpointName } from "./reporting-endpoints.ts";
import {
  checks,
  invalidName,
  type SecurityHeadersOptionsError,
} from "../security-headers-options-error.ts";

/**
 * Who may use a browser feature, by its name in kebab-case or camelCase: `none`, `self`, `*`, or a list
 * of `self` and origins.
 */
export type PermissionsPolicyOptions = Readonly<
  Record<string, "none" | "self" | "*" | readonly string[]>
>;

// What Chromium 153 names in document.featurePolicy.features(), and what other browsers add:
// https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Permissions-Policy
/** The features that a browser of today knows, in kebab-case. */
export const permissionsPolicyFeatures: readonly string[] =
  `accelerometer all-screens-capture ambient-light-sensor aria-notify autoplay bluetooth
browsing-topics camera captured-surface-control ch-device-memory ch-downlink ch-dpr ch-ect
ch-prefers-color-scheme ch-prefers-reduced-motion ch-prefers-reduced-transparency ch-rtt
ch-save-data ch-ua ch-ua-arch ch-ua-bitness ch-ua-form-factors ch-ua-full-version
ch-ua-full-version-list ch-ua-high-entropy-values ch-ua-mobile ch-ua-model ch-ua-platform
ch-ua-platform-version ch-viewport-height ch-viewport-width ch-width clipboard-read
clipboard-write compute-pressure cross-origin-isolated deferred-fetch deferred-fetch-minimal
digital-credentials-create digital-credentials-get display-capture encrypted-media
focus-without-user-activation fullscreen gamepad geolocation gyroscope hid
identity-credentials-get idle-detection interest-cohort keyboard-lock keyboard-map
language-detector language-model local-fonts local-network local-network-access loopback-network
magnetometer microphone midi on-device-speech-recognition otp-credentials payment
picture-in-picture private-state-token-issuance private-state-token-redemption
publickey-credentials-create publickey-credentials-get rewriter screen-wake-lock serial
speaker-selection storage-access summarizer sync-xhr translator unload usb web-share
window-management writer xr-spatial-tracking`.split(/\s+/);

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
  if (!isObject(options)) {
    const remedy = 'Give a text, false, or features, as in {"camera": "none"}.';
    throw checks.invalidType(subject, "is not a permissions policy", options, remedy);
  }
  const members = new Map<string, string>();
  for (const [key, who] of Object.entries(options)) {
    const feature = kebabCase(key);
    refuseUnknownFeature(subject, feature, key);
    if (members.has(feature)) throw givenTwice(subject, feature);
    members.set(feature, `${feature}=${allowList(`${subject}[${JSON.stringify(key)}]`, who)}`);
  }
  if (members.size === 0) {
    throw checks.invalidValue(
      subject,
      "has no features",
      options,
      "Give some, or false for no header.",
    );
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
      const remedy = "Write feature=(), feature=(self) or feature=*.";
      throw checks.invalidValue(
        subject,
        "has a member that browsers cannot read",
        member.trim(),
        remedy,
      );
    }
    refuseUnknownFeature(subject, feature, feature);
    if (features.has(feature)) throw givenTwice(subject, feature);
    features.add(feature);
    if (isAllowList(list)) continue;
    const remedy = 'Write (), (self), (self "https://example.com") or *.';
    throw checks.invalidValue(
      subject,
      "has a list that browsers cannot read",
      member.trim(),
      remedy,
    );
  }
}

function refuseUnknownFeature(subject: string, feature: string, written: string): void {
  if (permissionsPolicyFeatures.includes(feature)) return;
  throw invalidName(
    `${subject} has a feature that browsers do not know: got ${JSON.stringify(written)}. ${didYouMean(feature, permissionsPolicyFeatures)}`,
  );
}

function givenTwice(subject: string, feature: string): SecurityHeadersOptionsError {
  return invalidName(`${subject} has the feature ${feature} twice. Keep one.`);
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
  const list: readonly unknown[] = Array.isArray(who) ? who : [who];
  const written = list.map((each) => {
    if (each === "self") return "self";
    if (typeof each === "string" && origin.test(each)) return `"${each}"`;
    const allowed = '"none", "self", "*", or a list as in ["self", "https://example.com"]';
    throw checks.invalidValue(subject, "does not say who", who, `Allowed: ${allowed}.`);
  });
  return `(${written.join(" ")})`;
}

function kebabCase(key: string): string {
  return key.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

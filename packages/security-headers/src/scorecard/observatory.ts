import { observatoryPolicy } from "./observatory-policy.ts";
import { type JudgedPage, observatoryIntegrity } from "./observatory-integrity.ts";

/** What Observatory sees of a site besides its headers. */
export interface ObservatoryFacts {
  /** The site's pages: it looks at the scripts of `/index.html`, else the worst counts. @default [] */
  readonly pages?: readonly JudgedPage[];
  /** Whether the domain is on the list of HTTPS-only domains that browsers carry. @default false */
  readonly hstsPreloaded?: boolean;
  /** Whether HTTP is redirected to HTTPS on the same host. @default true */
  readonly redirectsToHttps?: boolean;
}

/** One test of Observatory. */
export interface ObservatoryTest {
  readonly test: string;
  readonly result: string;
  /** What it adds to the 100 points with which a site begins. */
  readonly modifier: number;
  /** What would raise it; absent where nothing would. */
  readonly advice?: string;
}

/** Observatory's report, worked out offline. */
export interface ObservatoryReport {
  readonly score: number;
  /** `A+` to `F`. */
  readonly grade: string;
  readonly tests: readonly ObservatoryTest[];
}

// The grader of npm package @mdn/mdn-http-observatory 1.4.8, read 2026-11-23.
const minScoreForExtraCredit = 90;
const grades: readonly (readonly [least: number, grade: string])[] = [
  [100, "A+"],
  [90, "A"],
  [85, "A-"],
  [80, "B+"],
  [70, "B"],
  [65, "B-"],
  [60, "C+"],
  [50, "C"],
  [45, "C-"],
  [40, "D+"],
  [30, "D"],
  [25, "D-"],
  [0, "F"],
];
// Six months, less a bit: many sites count them as 180 days.
const sixMonthsSeconds = 15_552_000;
const privateReferrers = [
  "no-referrer",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
];
const leakyReferrers = [
  "origin",
  "origin-when-cross-origin",
  "unsafe-url",
  "no-referrer-when-downgrade",
];

/**
 * Returns the score that MDN HTTP Observatory gives to the headers of a page, without asking it. No
 * cookies are assumed.
 *
 * @param headers Texts by name, of any case.
 */
export function observatoryReport(
  headers: Readonly<Record<string, string>>,
  { pages = [], hstsPreloaded = false, redirectsToHttps = true }: ObservatoryFacts = {},
): ObservatoryReport {
  const byName = new Map(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]));
  const policy = observatoryPolicy(byName.get("content-security-policy"));
  const { hasFrameAncestors, ...policyTest } = policy;
  const tests: readonly ObservatoryTest[] = [
    { test: "content-security-policy", ...policyTest },
    { test: "cross-origin-resource-sharing", ...crossOriginSharing(byName) },
    { test: "redirection", ...redirection(redirectsToHttps, hstsPreloaded) },
    { test: "referrer-policy", ...referrer(byName.get("referrer-policy")) },
    { test: "strict-transport-security", ...transport(byName, hstsPreloaded) },
    { test: "subresource-integrity", ...observatoryIntegrity(pages) },
    { test: "x-content-type-options", ...contentType(byName.get("x-content-type-options")) },
    { test: "x-frame-options", ...framing(byName.get("x-frame-options"), hasFrameAncestors) },
    { test: "cross-origin-resource-policy", ...resourcePolicy(byName) },
  ];
  return { ...scored(tests), tests };
}

function scored(tests: readonly ObservatoryTest[]): Omit<ObservatoryReport, "tests"> {
  const sum = (modifiers: readonly number[]) =>
    modifiers.reduce((total, each) => total + each, 100);
  const modifiers = tests.map(({ modifier }) => modifier);
  const withoutCredit = sum(modifiers.filter((modifier) => modifier < 0));
  const score = Math.max(
    withoutCredit >= minScoreForExtraCredit ? sum(modifiers) : withoutCredit,
    0,
  );
  const [, grade = "F"] = grades.find(([least]) => score >= least) ?? [];
  return { score, grade };
}

type Verdict = Omit<ObservatoryTest, "test">;

function crossOriginSharing(headers: ReadonlyMap<string, string>): Verdict {
  const allowed = headers.get("access-control-allow-origin");
  return {
    result: `cross-origin-resource-sharing-${allowed === undefined ? "not-implemented" : "implemented"}`,
    modifier: 0,
  };
}

function redirection(redirectsToHttps: boolean, preloaded: boolean): Verdict {
  if (preloaded) return { result: "redirection-all-redirects-preloaded", modifier: 0 };
  return redirectsToHttps
    ? { result: "redirection-to-https", modifier: 0 }
    : {
        result: "redirection-missing",
        modifier: -20,
        advice: 'Set the viewer protocol policy to "redirect-to-https".',
      };
}

function referrer(text: string | undefined): Verdict {
  if (text === undefined) {
    return {
      result: "referrer-policy-not-implemented",
      modifier: 0,
      advice: 'Set referrerPolicy to "strict-origin-when-cross-origin".',
    };
  }
  const policy = text
    .split(",")
    .map((each) => each.trim().toLowerCase())
    .findLast((each) => [...privateReferrers, ...leakyReferrers].includes(each));
  if (policy !== undefined && privateReferrers.includes(policy)) {
    return { result: "referrer-policy-private", modifier: 5 };
  }
  return {
    result: policy === undefined ? "referrer-policy-header-invalid" : "referrer-policy-unsafe",
    modifier: -5,
    advice: 'Set referrerPolicy to "strict-origin-when-cross-origin".',
  };
}

function transport(headers: ReadonlyMap<string, string>, preloaded: boolean): Verdict {
  if (preloaded) return { result: "hsts-preloaded", modifier: 5 };
  const text = headers.get("strict-transport-security");
  const advice = "Set strictTransportSecurity with six months or more.";
  if (text === undefined) return { result: "hsts-not-implemented", modifier: -20, advice };
  const seconds = /(?:^|;)\s*max-age=(\d+)/i.exec(text)?.[1];
  if (seconds === undefined) return { result: "hsts-header-invalid", modifier: -20, advice };
  return Number(seconds) < sixMonthsSeconds
    ? { result: "hsts-implemented-max-age-less-than-six-months", modifier: -10, advice }
    : {
        result: "hsts-implemented-max-age-at-least-six-months",
        modifier: 0,
        advice: "Five points more for a domain on the preload list: hstspreload.org.",
      };
}

function contentType(text: string | undefined): Verdict {
  if (text?.trim().toLowerCase() === "nosniff") {
    return { result: "x-content-type-options-nosniff", modifier: 0 };
  }
  return {
    result: `x-content-type-options-${text === undefined ? "not-implemented" : "header-invalid"}`,
    modifier: -5,
    advice: 'Set xContentTypeOptions to "nosniff".',
  };
}

function framing(text: string | undefined, hasFrameAncestors: boolean): Verdict {
  if (hasFrameAncestors) return { result: "x-frame-options-implemented-via-csp", modifier: 5 };
  const advice = "Add frame-ancestors to the policy.";
  const value = text?.trim().toLowerCase();
  if (value === "deny" || value === "sameorigin") {
    return { result: "x-frame-options-sameorigin-or-deny", modifier: 0, advice };
  }
  return value === undefined
    ? { result: "x-frame-options-not-implemented", modifier: -20, advice }
    : { result: "x-frame-options-header-invalid", modifier: -20, advice };
}

function resourcePolicy(headers: ReadonlyMap<string, string>): Verdict {
  const value = headers.get("cross-origin-resource-policy")?.trim().toLowerCase();
  const advice = 'Set crossOriginResourcePolicy to "same-origin" or "same-site".';
  const prefix = "corp";
  if (value === undefined) return { result: `${prefix}-not-implemented`, modifier: 0, advice };
  if (value === "same-origin" || value === "same-site") {
    return { result: `${prefix}-implemented-with-${value}`, modifier: 10 };
  }
  return value === "cross-origin"
    ? { result: `${prefix}-implemented-with-cross-origin`, modifier: 0, advice }
    : { result: `${prefix}-header-invalid`, modifier: -5, advice };
}

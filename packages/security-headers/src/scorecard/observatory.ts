import { type Verdict, observatoryPolicy, verdict } from "./observatory-policy.ts";
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
export interface ObservatoryTest extends Verdict {
  readonly test: string;
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
const privateReferrers =
  "no-referrer same-origin strict-origin strict-origin-when-cross-origin".split(" ");
const leakyReferrers =
  "origin origin-when-cross-origin unsafe-url no-referrer-when-downgrade".split(" ");

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
  const text = (name: string): string | undefined => byName.get(name);
  const { hasFrameAncestors, ...policy } = observatoryPolicy(text("content-security-policy"));
  const sharing =
    text("access-control-allow-origin") === undefined ? "not-implemented" : "implemented";
  const verdicts: Readonly<Record<string, Verdict>> = {
    "content-security-policy": policy,
    "cross-origin-resource-sharing": verdict(`cross-origin-resource-sharing-${sharing}`, 0),
    redirection: redirection(redirectsToHttps, hstsPreloaded),
    "referrer-policy": referrer(text("referrer-policy")),
    "strict-transport-security": transport(text("strict-transport-security"), hstsPreloaded),
    "subresource-integrity": observatoryIntegrity(pages),
    "x-content-type-options": contentType(text("x-content-type-options")),
    "x-frame-options": framing(text("x-frame-options"), hasFrameAncestors),
    "cross-origin-resource-policy": resourcePolicy(text("cross-origin-resource-policy")),
  };
  const tests = Object.entries(verdicts).map(([test, each]) => ({ test, ...each }));
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

function redirection(redirectsToHttps: boolean, preloaded: boolean): Verdict {
  if (preloaded) return verdict("redirection-all-redirects-preloaded", 0);
  if (redirectsToHttps) return verdict("redirection-to-https", 0);
  const advice = 'Set the viewer protocol policy to "redirect-to-https".';
  return verdict("redirection-missing", -20, advice);
}

function referrer(text: string | undefined): Verdict {
  const advice = 'Set referrerPolicy to "strict-origin-when-cross-origin".';
  if (text === undefined) return verdict("referrer-policy-not-implemented", 0, advice);
  const policy = text
    .split(",")
    .map((each) => each.trim().toLowerCase())
    .findLast((each) => [...privateReferrers, ...leakyReferrers].includes(each));
  if (policy === undefined) return verdict("referrer-policy-header-invalid", -5, advice);
  return privateReferrers.includes(policy)
    ? verdict("referrer-policy-private", 5)
    : verdict("referrer-policy-unsafe", -5, advice);
}

function transport(text: string | undefined, preloaded: boolean): Verdict {
  if (preloaded) return verdict("hsts-preloaded", 5);
  const advice = "Set strictTransportSecurity with six months or more.";
  if (text === undefined) return verdict("hsts-not-implemented", -20, advice);
  const seconds = /(?:^|;)\s*max-age=(\d+)/i.exec(text)?.[1];
  if (seconds === undefined) return verdict("hsts-header-invalid", -20, advice);
  if (Number(seconds) < sixMonthsSeconds) {
    return verdict("hsts-implemented-max-age-less-than-six-months", -10, advice);
  }
  const more = "Five points more for a domain on the preload list: hstspreload.org.";
  return verdict("hsts-implemented-max-age-at-least-six-months", 0, more);
}

function contentType(text: string | undefined): Verdict {
  if (text?.trim().toLowerCase() === "nosniff") return verdict("x-content-type-options-nosniff", 0);
  const problem = text === undefined ? "not-implemented" : "header-invalid";
  return verdict(`x-content-type-options-${problem}`, -5, 'Set xContentTypeOptions to "nosniff".');
}

function framing(text: string | undefined, hasFrameAncestors: boolean): Verdict {
  if (hasFrameAncestors) return verdict("x-frame-options-implemented-via-csp", 5);
  const advice = "Add frame-ancestors to the policy.";
  if (text === undefined) return verdict("x-frame-options-not-implemented", -20, advice);
  return /^\s*(?:deny|sameorigin)\s*$/i.test(text)
    ? verdict("x-frame-options-sameorigin-or-deny", 0, advice)
    : verdict("x-frame-options-header-invalid", -20, advice);
}

function resourcePolicy(text: string | undefined): Verdict {
  const value = text?.trim().toLowerCase();
  const advice = 'Set crossOriginResourcePolicy to "same-origin" or "same-site".';
  if (value === undefined) return verdict("corp-not-implemented", 0, advice);
  if (value === "same-origin" || value === "same-site") {
    return verdict(`corp-implemented-with-${value}`, 10);
  }
  return value === "cross-origin"
    ? verdict("corp-implemented-with-cross-origin", 0, advice)
    : verdict("corp-header-invalid", -5, advice);
}

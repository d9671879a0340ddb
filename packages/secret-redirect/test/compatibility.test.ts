import { readFile } from "node:fs/promises";
import {
  compileSecretRedirect,
  decideSecretRedirect,
  importRedirects,
  type RedirectFormat,
  type RedirectRule,
  type RedirectStatus,
} from "secret-redirect";
import { stringify } from "smol-toml";
import { describe, expect, it } from "vitest";
import cloudflare from "./fixtures/cloudflare-redirect-serve.json" with { type: "json" };
import netlify from "./fixtures/netlify-redirects-file.json" with { type: "json" };

const document = await readFile(`${import.meta.dirname}/../docs/COMPATIBILITY.md`, "utf8");

/** The ids that the document names as different, in brackets behind each reason. */
function namedDifferences(suite: string): string[] {
  return [...document.matchAll(new RegExp(`${suite}-\\d+`, "g"))].map(([id]) => id).toSorted();
}

interface NetlifyRedirect {
  readonly from: string;
  readonly to: string;
  readonly status?: number;
  readonly query: Readonly<Record<string, string>>;
  readonly conditions: Readonly<Record<string, readonly string[]>>;
}

interface NetlifyCase {
  readonly id: string;
  readonly input: {
    readonly _redirects: readonly (string | null)[];
    readonly toml: string | null;
    readonly config: unknown;
  };
  readonly expected: { readonly redirects: readonly unknown[]; readonly errors: readonly string[] };
}

/** What both have to say, in one form. */
function comparable(rule: RedirectRule) {
  const { host, country = [], language = [], query = {} } = rule.conditions ?? {};
  return { from: rule.from, to: rule.to, status: rule.status, host, country, language, query };
}

function comparableNetlify(given: unknown) {
  const rule = given as NetlifyRedirect;
  const url = /^http:\/\/([^/]+)(.*)$/.exec(rule.from);
  return {
    from: url?.[2] ?? rule.from,
    to: rule.to,
    status: rule.status ?? 301,
    host: url?.[1],
    country: rule.conditions["Country"] ?? [],
    language: rule.conditions["Language"] ?? [],
    query: rule.query,
  };
}

function agreesWithNetlify({ input, expected }: NetlifyCase): boolean {
  const read = (text: string | null, format: RedirectFormat) =>
    importRedirects({ file: "redirects", text: text ?? "", format });
  const files = [
    ...input._redirects.map((text) => read(text, "netlify-redirects")),
    read(input.toml, "netlify-toml"),
    ...(input.config === null
      ? []
      : [read(stringify({ redirects: input.config }), "netlify-toml")]),
  ];
  const ours = files.flatMap(({ rules }) => rules.map(comparable));
  const hasProblem = files.some(({ problems }) => problems.length > 0);
  const theirs = expected.redirects.map(comparableNetlify);
  return (
    JSON.stringify(ours) === JSON.stringify(theirs) && hasProblem === expected.errors.length > 0
  );
}

describe("Netlify's own cases of _redirects and netlify.toml", () => {
  const cases: readonly NetlifyCase[] = netlify.cases;

  it("are read as Netlify reads them, but for the differences that the document names", () => {
    const different = cases.filter((each) => !agreesWithNetlify(each)).map(({ id }) => id);
    expect(different.toSorted()).toEqual(namedDifferences("netlify-redirects-file"));
  });

  it("are most of them read alike", () => {
    expect(cases.filter(agreesWithNetlify).length).toBeGreaterThan(cases.length / 2);
  });
});

interface CloudflareRule {
  readonly status: number;
  readonly to: string;
  readonly lineNumber?: number;
}

type CloudflareTable = Readonly<Record<string, CloudflareRule>>;

interface CloudflareCase {
  readonly id: string;
  readonly input: {
    readonly url: string;
    readonly method: string;
    readonly redirects: { readonly staticRules: CloudflareTable; readonly rules: CloudflareTable };
  };
  readonly expected: { readonly status: number; readonly location: string | null };
}

function rulesOf({ staticRules, rules }: CloudflareCase["input"]["redirects"]): RedirectRule[] {
  const inOrder = Object.entries(staticRules).toSorted(
    ([, one], [, other]) => (one.lineNumber ?? 0) - (other.lineNumber ?? 0),
  );
  return [...inOrder, ...Object.entries(rules)].flatMap(([from, { status, to }]) => {
    const url = /^https:\/\/([^/]+)(.*)$/.exec(from);
    const rule = { from: url?.[2] ?? from, to, status: status as RedirectStatus };
    if (status === 200) return [];
    const conditions = url?.[1] === undefined ? {} : { conditions: { host: url[1] } };
    return [{ ...rule, ...conditions, trailingSlash: "strict" as const }];
  });
}

function agreesWithCloudflare({ input, expected }: CloudflareCase): boolean {
  const { host, pathname, search } = new URL(input.url);
  const decision = decideSecretRedirect(
    compileSecretRedirect({ rules: rulesOf(input.redirects) }),
    {
      uri: pathname,
      querystring: search.slice(1),
      method: input.method,
      headers: { host: [{ key: "Host", value: host }] },
    },
  );
  if (decision === undefined) return expected.location === null;
  const { status, headers } = decision.response;
  return (
    status === String(expected.status) && headers?.["location"]?.[0]?.value === expected.location
  );
}

describe("Cloudflare's own cases of redirects", () => {
  const cases = cloudflare.cases as unknown as readonly CloudflareCase[];

  it("are answered as Cloudflare answers them, but for the differences that the document names", () => {
    const different = cases.filter((each) => !agreesWithCloudflare(each)).map(({ id }) => id);
    expect(different.toSorted()).toEqual(namedDifferences("cloudflare-redirect-serve"));
  });

  it("hold real redirects", () => {
    const redirected = cases.filter(
      (each) => each.expected.location !== null && agreesWithCloudflare(each),
    );
    expect(redirected.length).toBeGreaterThan(12);
  });
});

// The rules of npm package @mdn/mdn-http-observatory 1.4.8, algorithm version 4, read 2026-11-23.
const broad = "ftp: http: https: * http://* http://*.* https://* https://*.*".split(" ");
const broadOrInline = [...broad, "'unsafe-inline'", "data:"];
const hashOrNonce = /^'(?:sha(?:256|384|512)|nonce)-/;

/** What Observatory says of one thing that it tests. */
export interface Verdict {
  readonly result: string;
  /** What it adds to the 100 points with which a site begins. */
  readonly modifier: number;
  /** What would raise it; absent where nothing would. */
  readonly advice?: string;
}

/** Returns a verdict. */
export function verdict(result: string, modifier: number, advice?: string): Verdict {
  return { result, modifier, ...(advice !== undefined && { advice }) };
}

type Sources = readonly string[];

/** Returns Observatory's verdict on the text of a policy; undefined stands for none. */
export function observatoryPolicy(
  text: string | undefined,
): Verdict & { readonly hasFrameAncestors: boolean } {
  const policy = parsed(text ?? "");
  if (policy.size > 0) {
    return { ...policyVerdict(policy), hasFrameAncestors: policy.has("frame-ancestors") };
  }
  const advice = "Set a Content-Security-Policy.";
  return { ...verdict("csp-not-implemented", -25, advice), hasFrameAncestors: false };
}

function policyVerdict(policy: ReadonlyMap<string, Sources>): Verdict {
  const sources = (name: string): Sources => policy.get(name) ?? policy.get("default-src") ?? ["*"];
  const script = effectiveScript(withoutIgnoredInline(sources("script-src")));
  const style = withoutIgnoredInline(sources("style-src"));
  if (script === undefined) {
    return verdict("csp-header-invalid", -25, "Give 'strict-dynamic' the hashes of the scripts.");
  }
  if (includesAny(script, broadOrInline) || includesAny(sources("object-src"), broad)) {
    return verdict(
      "csp-implemented-with-unsafe-inline",
      -20,
      "Take 'unsafe-inline', data: and whole schemes out of script-src, and set object-src to 'none'.",
    );
  }
  const active = [...policy].flatMap(([name, values]) =>
    ["img-src", "media-src", "script-src"].includes(name) ? [] : values,
  );
  if ([...active, ...script].some(isInsecure)) {
    return verdict(
      "csp-implemented-with-insecure-scheme",
      -20,
      "Name no http: source in the policy.",
    );
  }
  if ([...script, ...style].includes("'unsafe-eval'")) {
    return verdict(
      "csp-implemented-with-unsafe-eval",
      -10,
      "Take 'unsafe-eval' out of script-src.",
    );
  }
  const passive = ["img-src", "media-src"].flatMap(
    (name) => policy.get(name) ?? policy.get("default-src") ?? [],
  );
  if (passive.some(isInsecure)) {
    return verdict(
      "csp-implemented-with-insecure-scheme-in-passive-content-only",
      -10,
      "Name no http: source for images and media.",
    );
  }
  if (includesAny(style, broadOrInline)) {
    return verdict(
      "csp-implemented-with-unsafe-inline-in-style-src-only",
      0,
      "Take 'unsafe-inline', data: and whole schemes out of style-src.",
    );
  }
  return policy.get("default-src")?.join(" ") === "'none'"
    ? verdict("csp-implemented-with-no-unsafe-default-src-none", 10)
    : verdict(
        "csp-implemented-with-no-unsafe",
        5,
        "Set default-src to 'none' and name what is needed.",
      );
}

function parsed(text: string): ReadonlyMap<string, Sources> {
  const directives = new Map<string, Sources>();
  for (const part of text.toLowerCase().split(";")) {
    const [name = "", ...values] = part.trim().split(/\s+/);
    if (name === "") continue;
    directives.set(name, values.length === 0 && name.endsWith("-src") ? ["'none'"] : values);
  }
  return directives;
}

function withoutIgnoredInline(sources: Sources): Sources {
  return sources.some((source) => hashOrNonce.test(source))
    ? sources.filter((source) => source !== "'unsafe-inline'")
    : sources;
}

/** Undefined where `'strict-dynamic'` stands without anything that it could trust. */
function effectiveScript(sources: Sources): Sources | undefined {
  if (!sources.includes("'strict-dynamic'")) return sources;
  if (!sources.some((source) => hashOrNonce.test(source))) return undefined;
  return sources.filter(
    (source) => source !== "'self'" && !broad.some((each) => source.startsWith(each)),
  );
}

function includesAny(sources: Sources, unwanted: Sources): boolean {
  return sources.some((source) => unwanted.includes(source));
}

function isInsecure(source: string): boolean {
  return source.startsWith("http:") || source.startsWith("ftp:");
}

// The rules of npm package @mdn/mdn-http-observatory 1.4.8, algorithm version 4, read 2026-11-23.
const broad = [
  "ftp:",
  "http:",
  "https:",
  "*",
  "http://*",
  "http://*.*",
  "https://*",
  "https://*.*",
];
const broadOrInline = [...broad, "'unsafe-inline'", "data:"];
const hashOrNonce = /^'(?:sha(?:256|384|512)|nonce)-/;

/** How Observatory judges a Content-Security-Policy, and what would raise it. */
export interface PolicyVerdict {
  readonly result: string;
  readonly modifier: number;
  readonly advice?: string;
  readonly hasFrameAncestors: boolean;
}

type Sources = readonly string[];

/** Returns Observatory's verdict on the text of a policy; undefined stands for none. */
export function observatoryPolicy(text: string | undefined): PolicyVerdict {
  const policy = text === undefined ? undefined : parsed(text);
  if (policy === undefined || policy.size === 0) {
    return {
      result: "csp-not-implemented",
      modifier: -25,
      advice: "Set a Content-Security-Policy.",
      hasFrameAncestors: false,
    };
  }
  const hasFrameAncestors = policy.has("frame-ancestors");
  return { ...verdict(policy), hasFrameAncestors };
}

function verdict(policy: ReadonlyMap<string, Sources>): Omit<PolicyVerdict, "hasFrameAncestors"> {
  const sources = (name: string): Sources => policy.get(name) ?? policy.get("default-src") ?? ["*"];
  const script = effectiveScript(withoutIgnoredInline(sources("script-src")));
  const style = withoutIgnoredInline(sources("style-src"));
  if (script === undefined) {
    return weak("csp-header-invalid", -25, "Give 'strict-dynamic' the hashes of the scripts.");
  }
  if (includesAny(script, broadOrInline) || includesAny(sources("object-src"), broad)) {
    return weak(
      "csp-implemented-with-unsafe-inline",
      -20,
      "Take 'unsafe-inline', data: and whole schemes out of script-src, and set object-src to 'none'.",
    );
  }
  const active = [...policy].flatMap(([name, values]) =>
    ["img-src", "media-src", "script-src"].includes(name) ? [] : values,
  );
  if ([...active, ...script].some(isInsecure)) {
    return weak("csp-implemented-with-insecure-scheme", -20, "Name no http: source in the policy.");
  }
  if ([...script, ...style].includes("'unsafe-eval'")) {
    return weak("csp-implemented-with-unsafe-eval", -10, "Take 'unsafe-eval' out of script-src.");
  }
  const passive = ["img-src", "media-src"].flatMap(
    (name) => policy.get(name) ?? policy.get("default-src") ?? [],
  );
  if (passive.some(isInsecure)) {
    return weak(
      "csp-implemented-with-insecure-scheme-in-passive-content-only",
      -10,
      "Name no http: source for images and media.",
    );
  }
  if (includesAny(style, broadOrInline)) {
    return weak(
      "csp-implemented-with-unsafe-inline-in-style-src-only",
      0,
      "Take 'unsafe-inline', data: and whole schemes out of style-src.",
    );
  }
  return policy.get("default-src")?.join(" ") === "'none'"
    ? { result: "csp-implemented-with-no-unsafe-default-src-none", modifier: 10 }
    : weak(
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

function weak(result: string, modifier: number, advice: string) {
  return { result, modifier, advice };
}

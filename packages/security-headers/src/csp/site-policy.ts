import { isTextList } from "option-checks";
import type { Preset } from "../compile/presets.ts";
import type { SecurityHeadersOptions, SiteOrigins } from "../options.ts";
import { checks } from "../security-headers-options-error.ts";
import type { SiteAnalysis, SitePage } from "../site/analyze-site.ts";
import type { PolicyDirectives } from "./content-security-policy.ts";
import { checkDirectiveValues } from "./directive-values.ts";
import { isHashSource } from "./mistaken-source.ts";

/** The directives that each kind of origin goes to. */
export const originDirectives: Readonly<Record<keyof SiteOrigins, readonly string[]>> = {
  connect: ["connect-src"],
  font: ["font-src"],
  form: ["form-action"],
  frame: ["frame-src"],
  image: ["img-src"],
  media: ["media-src"],
  script: ["script-src"],
  style: ["style-src", "style-src-elem"],
  worker: ["worker-src"],
};

/**
 * Returns the preset's policy with what the site and its origins need.
 *
 * @throws {SecurityHeadersOptionsError} when the site has no page, or an origin is not one.
 */
export function basePolicy(options: SecurityHeadersOptions, preset: Preset): PolicyDirectives {
  const { site, origins, inlineStyles } = options;
  let policy = preset.policy;
  if (inlineStyles === "hash") policy = withoutInlineStyles(policy);
  else if (inlineStyles === "allow") policy = withInlineStyles(policy);
  else if (inlineStyles !== undefined) {
    checks.refuseOtherThan("inlineStyles", inlineStyles, ["allow", "hash"]);
  }
  if (site !== undefined) {
    if (!Array.isArray(site?.pages) || site.pages.length === 0) {
      throw checks.invalidValue(
        "site",
        "has no page",
        site,
        "Give what analyzeSiteFolder returns for a folder with at least one .html file.",
      );
    }
    for (const page of site.pages) refuseMistakenHashes(page);
    policy = withSite(policy, site, preset.strictScripts);
  }
  return origins === undefined ? policy : withOrigins(policy, sourcesByDirective(origins));
}

function refuseMistakenHashes(page: SitePage): void {
  for (const option of ["scriptHashes", "styleElementHashes", "styleAttributeHashes"] as const) {
    const hashes: unknown = page?.[option];
    if (Array.isArray(hashes) && hashes.every(isHashSource)) continue;
    throw checks.invalidValue(
      `site.pages[].${option}`,
      `of ${JSON.stringify(page?.path)} is not a list of hashes`,
      hashes,
      "Give what analyzeSiteFolder returns.",
    );
  }
}

function sourcesByDirective(origins: SiteOrigins): Record<string, readonly string[]> {
  const remedy = 'Give lists by kind, as in {"connect": ["https://api.example.com"]}.';
  checks.refuseUnknownKeys("origins", origins, Object.keys(originDirectives), remedy);
  const sources: Record<string, readonly string[]> = {};
  for (const [kind, given] of Object.entries(origins) as [keyof SiteOrigins, unknown][]) {
    const subject = `origins.${kind}`;
    if (!isTextList(given)) {
      const example = 'Give origins, as in ["https://api.example.com"].';
      throw checks.invalidType(subject, "is not a list", given, example);
    }
    checkDirectiveValues(subject, "sources", given);
    const other = given.find((source) => source.startsWith("'") && source !== "'self'");
    if (other !== undefined) {
      throw checks.invalidValue(
        subject,
        "takes origins alone",
        other,
        `Set the whole list in contentSecurityPolicy: {"directives": {"${originDirectives[kind][0]}": […]}}.`,
      );
    }
    for (const directive of originDirectives[kind]) sources[directive] = given;
  }
  return sources;
}

/**
 * Returns a policy with the hashes of a site's inline code in it. Where every script of every page has
 * a hash and `strictScripts` asks for it, the hashes and `'strict-dynamic'` take the place of origins.
 */
function withSite(
  policy: PolicyDirectives,
  { pages }: Pick<SiteAnalysis, "pages">,
  strictScripts: boolean,
): PolicyDirectives {
  const merged = new Map(policy);
  const scriptHashes = unionOf(pages, (page) => page.scriptHashes);
  const scriptSources = policy.get("script-src") ?? policy.get("default-src") ?? [];
  if (strictScripts && pages.every((page) => page.allowsStrictDynamic)) {
    const keywords = scriptSources.filter((source) => /^'(?!self'|none')/.test(source));
    merged.set(
      "script-src",
      scriptHashes.length === 0
        ? ["'none'"]
        : unique([...scriptHashes, "'strict-dynamic'", ...keywords]),
    );
  } else {
    addSources(merged, "script-src", scriptHashes);
  }
  const styleHashes = unionOf(pages, (page) => page.styleElementHashes);
  for (const directive of ["style-src", "style-src-elem"]) {
    if (directive === "style-src" || merged.has(directive)) {
      addSources(merged, directive, styleHashes);
    }
  }
  const attributeHashes = unionOf(pages, (page) => page.styleAttributeHashes);
  if (attributeHashes.length > 0) {
    addSources(merged, "style-src-attr", ["'unsafe-hashes'", ...attributeHashes], []);
  }
  return merged;
}

/** Returns a policy that allows no inline style but by its hash. */
function withoutInlineStyles(policy: PolicyDirectives): PolicyDirectives {
  const merged = new Map<string, readonly string[]>();
  for (const [name, sources] of policy) {
    const kept = name.startsWith("style-src")
      ? sources.filter((source) => source !== "'unsafe-inline'")
      : sources;
    // Without a source of its own it says what style-src says already.
    if (name === "style-src-elem" || (name === "style-src-attr" && kept.length === 0)) continue;
    merged.set(name, kept);
  }
  return merged;
}

/** Returns a policy that allows every inline style. */
function withInlineStyles(policy: PolicyDirectives): PolicyDirectives {
  const merged = new Map(policy);
  for (const name of ["style-src-elem", "style-src-attr"]) {
    const present = policy.get(name) ?? policy.get("style-src") ?? policy.get("default-src") ?? [];
    merged.set(name, unique([...present.filter((each) => each !== "'none'"), "'unsafe-inline'"]));
  }
  return merged;
}

/** Returns a policy with further origins in it. */
function withOrigins(
  policy: PolicyDirectives,
  origins: Readonly<Record<string, readonly string[]>>,
): PolicyDirectives {
  const merged = new Map(policy);
  for (const [directive, sources] of Object.entries(origins)) {
    const isOverruled =
      directive === "script-src" && merged.get(directive)?.includes("'strict-dynamic'");
    if (!isOverruled) addSources(merged, directive, sources);
  }
  return merged;
}

/** A source list that is not there yet begins with what a browser would take in its place. */
function addSources(
  policy: Map<string, readonly string[]>,
  directive: string,
  sources: readonly string[],
  fallback: readonly string[] = policy.get("default-src") ?? [],
): void {
  if (sources.length === 0) return;
  const present = policy.get(directive) ?? fallback;
  // A hash would switch 'unsafe-inline' off.
  const added = present.includes("'unsafe-inline'")
    ? sources.filter((source) => !isHashSource(source) && source !== "'unsafe-hashes'")
    : sources;
  if (added.length === 0) return;
  policy.set(directive, unique([...present.filter((source) => source !== "'none'"), ...added]));
}

function unionOf(
  pages: readonly SitePage[],
  hashes: (page: SitePage) => readonly string[],
): readonly string[] {
  return unique(pages.flatMap(hashes));
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

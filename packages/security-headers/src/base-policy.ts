import type { PolicyDirectives } from "./content-security-policy.ts";
import { checkDirectiveValues, isHashSource } from "./content-security-policy-sources.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { SecurityHeadersOptions } from "./options.ts";
import type { Preset } from "./presets.ts";
import type { SitePage } from "./analyze-site.ts";
import { invalidType, invalidValue } from "./security-headers-options-error.ts";
import {
  type SiteOrigins,
  originDirectives,
  withInlineStyles,
  withOrigins,
  withSite,
  withoutInlineStyles,
} from "./site-policy.ts";

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
    throw invalidValue("inlineStyles", "is not a way", inlineStyles, 'Allowed: "allow", "hash".');
  }
  if (site !== undefined) {
    if (!Array.isArray(site?.pages) || site.pages.length === 0) {
      throw invalidValue(
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
    throw invalidValue(
      `site.pages[].${option}`,
      `of ${JSON.stringify(page?.path)} is not a list of hashes`,
      hashes,
      "Give what analyzeSiteFolder returns.",
    );
  }
}

function sourcesByDirective(origins: SiteOrigins): Record<string, readonly string[]> {
  if (origins === null || typeof origins !== "object" || Array.isArray(origins)) {
    throw invalidType(
      "origins",
      "is not an object",
      origins,
      'Give lists by kind, as in {"connect": ["https://api.example.com"]}.',
    );
  }
  const sources: Record<string, readonly string[]> = {};
  for (const [kind, given] of Object.entries(origins) as [string, unknown][]) {
    if (!isKind(kind)) {
      throw invalidValue(
        "origins",
        "has a kind that does not exist",
        kind,
        didYouMean(kind, Object.keys(originDirectives)),
      );
    }
    const subject = `origins.${kind}`;
    if (!Array.isArray(given) || !given.every((each) => typeof each === "string")) {
      throw invalidType(
        subject,
        "is not a list",
        given,
        'Give origins, as in ["https://api.example.com"].',
      );
    }
    checkDirectiveValues(subject, "sources", given);
    const other = given.find((source) => source.startsWith("'") && source !== "'self'");
    if (other !== undefined) {
      throw invalidValue(
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

function isKind(kind: string): kind is keyof SiteOrigins {
  return Object.hasOwn(originDirectives, kind);
}

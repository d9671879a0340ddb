import { type PolicyDirectives, parseContentSecurityPolicy } from "./content-security-policy.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { SecurityHeadersOptions } from "./options.ts";
import type { Preset } from "./presets.ts";
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
    policy = withSite(policy, site, preset.strictScripts);
  }
  return origins === undefined ? policy : withOrigins(policy, sourcesByDirective(origins));
}

function sourcesByDirective(origins: SiteOrigins): Record<string, readonly string[]> {
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
    // Read as a policy would be, so that a slip is named as what it is.
    parseContentSecurityPolicy(`default-src ${given.join(" ")}`, subject);
    for (const directive of originDirectives[kind]) sources[directive] = given;
  }
  return sources;
}

function isKind(kind: string): kind is keyof SiteOrigins {
  return Object.hasOwn(originDirectives, kind);
}

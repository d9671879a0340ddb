import { type Verdict, verdict } from "./observatory-policy.ts";
import type { ExternalScript, PageAnalysis } from "../site/analyze-page.ts";

/** A page, as far as the integrity of its scripts is concerned. */
export type JudgedPage = Pick<PageAnalysis, "externalScripts"> & { readonly path?: string };

/** Returns Observatory's verdict on the page at `/`, else on the worst of some pages. */
export function observatoryIntegrity(pages: readonly JudgedPage[]): Verdict {
  const root = pages.find(({ path }) => path === "/index.html");
  const [worst] = (root === undefined ? pages : [root])
    .map(pageVerdict)
    .toSorted((one, other) => one.modifier - other.modifier);
  return worst ?? noScripts;
}

const noScripts = verdict("sri-not-implemented-but-no-scripts-loaded", 0);

function pageVerdict({ externalScripts }: JudgedPage): Verdict {
  const scripts = externalScripts.filter(({ kind }) => kind !== "preload");
  if (scripts.length === 0) return noScripts;
  const foreign = scripts.filter(({ src }) => /^\s*(?:https?:)?\/\//i.test(src));
  const secure = foreign.filter(({ src }) => /^\s*https:/i.test(src));
  const insecure = foreign.filter((script) => !secure.includes(script));
  const advice = "Give every script of another origin an integrity attribute and https.";
  if (!insecure.every(hasIntegrity)) {
    const result = "sri-not-implemented-and-external-scripts-not-loaded-securely";
    return verdict(result, -50, advice);
  }
  if (insecure.length > 0) {
    return verdict("sri-implemented-but-external-scripts-not-loaded-securely", -20, advice);
  }
  if (!secure.every(hasIntegrity)) {
    return verdict("sri-not-implemented-but-external-scripts-loaded-securely", -5, advice);
  }
  return scripts.some(hasIntegrity)
    ? verdict("sri-implemented-and-all-scripts-loaded-securely", 5)
    : verdict(
        "sri-not-implemented-but-all-scripts-loaded-from-secure-origin",
        0,
        "Give the site's own scripts integrity attributes: writeIntegrity does it.",
      );
}

function hasIntegrity({ integrity }: ExternalScript): boolean {
  return integrity.length > 0;
}

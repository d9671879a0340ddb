import type { ExternalScript, PageAnalysis } from "../site/analyze-page.ts";

/** Observatory's verdict on the integrity of a page's scripts. */
export interface IntegrityVerdict {
  readonly result: string;
  readonly modifier: number;
  readonly advice?: string;
}

const advice = "Give every script of another origin an integrity attribute and https.";
const bonus: IntegrityVerdict = {
  result: "sri-implemented-and-all-scripts-loaded-securely",
  modifier: 5,
};

/** A page, as far as the integrity of its scripts is concerned. */
export type JudgedPage = Pick<PageAnalysis, "externalScripts"> & { readonly path?: string };

/** Returns Observatory's verdict on the page at `/`, else on the worst of some pages. */
export function observatoryIntegrity(pages: readonly JudgedPage[]): IntegrityVerdict {
  const root = pages.find(({ path }) => path === "/index.html");
  const verdicts = (root === undefined ? pages : [root])
    .map(verdict)
    .toSorted((one, other) => one.modifier - other.modifier);
  return verdicts[0] ?? { result: "sri-not-implemented-but-no-scripts-loaded", modifier: 0 };
}

function verdict({ externalScripts }: JudgedPage): IntegrityVerdict {
  const scripts = externalScripts.filter(({ kind }) => kind !== "preload");
  if (scripts.length === 0) {
    return { result: "sri-not-implemented-but-no-scripts-loaded", modifier: 0 };
  }
  const foreign = scripts.filter(({ src }) => /^\s*(?:https?:)?\/\//i.test(src));
  const secure = foreign.filter(({ src }) => /^\s*https:/i.test(src));
  const insecure = foreign.filter((script) => !secure.includes(script));
  if (insecure.some((script) => !hasIntegrity(script))) {
    return {
      result: "sri-not-implemented-and-external-scripts-not-loaded-securely",
      modifier: -50,
      advice,
    };
  }
  if (insecure.length > 0) {
    return {
      result: "sri-implemented-but-external-scripts-not-loaded-securely",
      modifier: -20,
      advice,
    };
  }
  if (secure.some((script) => !hasIntegrity(script))) {
    return {
      result: "sri-not-implemented-but-external-scripts-loaded-securely",
      modifier: -5,
      advice,
    };
  }
  if (scripts.some(hasIntegrity)) return bonus;
  return {
    result: "sri-not-implemented-but-all-scripts-loaded-from-secure-origin",
    modifier: 0,
    advice: "Give the site's own scripts integrity attributes: writeIntegrity does it.",
  };
}

function hasIntegrity({ integrity }: ExternalScript): boolean {
  return integrity.length > 0;
}

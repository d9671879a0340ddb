import { likeliest, shown } from "option-checks";
import type { EdgeConfig, ResolvedEdgeConfig } from "../config/edge-config.ts";
import type { ErrorPageConfig } from "../config/error-page-config.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { siteDocument } from "./site-folder.ts";

/** The settings that decide. */
export type ErrorPageSettings = Pick<
  ResolvedEdgeConfig,
  "notFoundPage" | "errorPages" | "behaviors"
>;

const usualNotFoundPage = "404.html";

/**
 * Returns the pages that viewers get in the place of errors.
 *
 * @param keys The site's files, as in `about/index.html`.
 * @throws {EdgeSiteError} `INVALID_CONFIG` when a page is no file of the site.
 */
export function errorPagesOf(
  settings: ErrorPageSettings,
  keys: readonly string[],
): readonly ErrorPageConfig[] {
  const { errorPages, notFoundPage } = settings;
  errorPages.forEach(({ page }, index) => refuseOtherFile(`errorPages[${index}].page`, page, keys));
  if (typeof notFoundPage === "string") refuseOtherFile("notFoundPage", notFoundPage, keys);
  if (errorPages.some(({ status }) => status === 404)) return errorPages;
  const page = notFoundPage ?? (hasOtherOrigins(settings) ? false : usualPage(keys));
  return page === false ? errorPages : [{ status: 404, page }, ...errorPages];
}

/** Whether some paths of the distribution lead elsewhere than to the site. */
export function hasOtherOrigins({ behaviors }: Pick<EdgeConfig, "behaviors">): boolean {
  return (behaviors ?? []).some(({ origin }) => origin !== "site");
}

function usualPage(keys: readonly string[]): string {
  return `/${keys.includes(usualNotFoundPage) ? usualNotFoundPage : siteDocument}`;
}

function refuseOtherFile(subject: string, page: string, keys: readonly string[]): void {
  if (keys.includes(decodedPath(page).slice(1))) return;
  const meant = likeliest(
    page,
    keys.map((key) => `/${key}`),
  );
  const remedy =
    meant === undefined
      ? "Build it, or name a page that the site has."
      : `Did you mean ${shown(meant)}?`;
  throw new EdgeSiteError(
    "INVALID_CONFIG",
    `${subject} is no file of the site: got ${shown(page)}. ${remedy}`,
  );
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

import type { RedirectStatus } from "../compile/redirect-rule.ts";
import type { NoRedirect } from "./redirect-source.ts";

const statuses: readonly RedirectStatus[] = [301, 302, 303, 307, 308];

/** Returns the status as a redirect's, or what is wrong with it. */
export function redirectStatus(given: unknown): { readonly status: RedirectStatus } | NoRedirect {
  const status = statuses.find((each) => String(each) === String(given));
  if (status !== undefined) return { status };
  const got = `got ${JSON.stringify(given)}`;
  if (Number(given) === 200) return leftover.rewrite(got);
  if (/^[45]\d\d$/.test(String(given))) return leftover.errorPage(got);
  return {
    message: `The status is not one of a redirect: ${got}. Allowed: ${statuses.join(", ")}.`,
  };
}

/** What stands in files of redirects and belongs elsewhere. */
export const leftover = {
  rewrite: (got: string): NoRedirect => ({
    message: `A rewrite is not a redirect: ${got}. Rewrites belong to spa-rewrite, or to a cache behavior with an origin of its own.`,
    belongsTo: "spa-rewrite",
  }),
  headers: (got: string): NoRedirect => ({
    message: `Headers are no redirects: ${got}. They belong to cache-headers, or to a response headers policy.`,
    belongsTo: "cache-headers",
  }),
  errorPage: (got: string): NoRedirect => ({
    message: `An error page is not a redirect: ${got}. Error pages belong to the distribution's custom error responses.`,
    belongsTo: "custom-error-responses",
  }),
  cleanUrls: (got: string): NoRedirect => ({
    message: `How paths are written is no rule: ${got}. It belongs to spa-rewrite, which has trailingSlash.`,
    belongsTo: "spa-rewrite",
  }),
};

import type { RedirectStatus } from "../compile/redirect-rule.ts";

const statuses: readonly RedirectStatus[] = [301, 302, 303, 307, 308];

/** Returns the status as a redirect's, or what is wrong with it. */
export function redirectStatus(
  given: unknown,
): { readonly status: RedirectStatus } | { readonly message: string } {
  const status = statuses.find((each) => String(each) === String(given));
  if (status !== undefined) return { status };
  const got = `got ${JSON.stringify(given)}`;
  return Number(given) === 200
    ? {
        message: `A rewrite is not a redirect: ${got}. Rewrites belong to spa-rewrite. Allowed: ${statuses.join(", ")}.`,
      }
    : { message: `The status is not one of a redirect: ${got}. Allowed: ${statuses.join(", ")}.` };
}

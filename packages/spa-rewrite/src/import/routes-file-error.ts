import { SpaRewriteOptionsError } from "../spa-rewrite-options-error.ts";

/** Returns the error for a file of routes: what it has that cannot be read, and what helps. */
export function invalidRoutesFile(
  problem: string,
  remedy: string,
  cause?: unknown,
): SpaRewriteOptionsError {
  return new SpaRewriteOptionsError(
    "INVALID_ROUTES_FILE",
    `The file of routes ${problem}. ${remedy}`,
    cause === undefined ? undefined : { cause },
  );
}

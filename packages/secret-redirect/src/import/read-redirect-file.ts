import { readFileSync } from "node:fs";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import { SecretRedirectOptionsError } from "../secret-redirect-options-error.ts";
import { redirectRulesFrom } from "./import-redirects.ts";
import type { RedirectFormat, RedirectSource } from "./redirect-source.ts";

/**
 * Returns the rules of a file of redirects, without what belongs elsewhere: `importRedirects` lists that.
 *
 * @param format Told by the file's name where it is left out; Cloudflare's `_redirects` needs it.
 * @throws {SecretRedirectOptionsError} `INVALID_FILE` when the file cannot be read, or with each line that
 *   cannot be imported.
 */
export function readRedirectFile(file: string, format?: RedirectFormat): readonly RedirectRule[] {
  return redirectRulesFrom(redirectSourceOf(file, format));
}

/** Returns the text of a file of redirects, with its name and format. */
export function redirectSourceOf(file: string, format?: RedirectFormat): RedirectSource {
  try {
    return { file, text: readFileSync(file, "utf8"), ...(format && { format }) };
  } catch (cause) {
    throw new SecretRedirectOptionsError(
      "INVALID_FILE",
      `A file of redirects cannot be read: got ${JSON.stringify(file)}. Give the path of a file, relative to where the command runs.`,
      { cause },
    );
  }
}

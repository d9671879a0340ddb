import type { CompiledPreviews, CompiledReleaseSelect } from "../edge/compiled-release-select.ts";
import { checks } from "../release-select-options-error.ts";
import type { PreviewOptions, ReleaseSelectOptions } from "./release-select-options.ts";

/**
 * Returns the options in the form that the handler takes.
 *
 * @throws {ReleaseSelectOptionsError} when an option is unknown or not valid.
 */
export function compileReleaseSelect(options: ReleaseSelectOptions = {}): CompiledReleaseSelect {
  checks.refuseUnknownKeys("", options, ["originPath", "header", "previews"]);
  const { originPath = "/releases/", header = "x-release", previews } = options;
  refuseMismatch("originPath", originPath, folder, 'Give a folder, as in "/releases/".');
  refuseMismatch("header", header, headerName, 'Begin with x-, as in "x-release".');
  return {
    header: header.toLowerCase(),
    originPath,
    previews: previews === undefined ? null : compilePreviews(previews),
  };
}

const folder = /^\/(?:[\w.-]+\/)+$/;
const headerName = /^x-(?!amz-|amzn-|cache$|edge-|real-ip$|forwarded-proto$)[a-z\d-]+$/i;
const domainName = /^(?=.{1,190}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const cookieName = /^[\w-]{1,64}$/;

function compilePreviews(previews: PreviewOptions): CompiledPreviews {
  checks.refuseUnknownKeys("previews", previews, ["domain", "entrance", "cookie"]);
  const { domain, entrance = "/_preview/", cookie = "preview" } = previews;
  if (domain !== undefined) {
    const remedy = 'Give a domain in lower case, as in "preview.example.com".';
    refuseMismatch("previews.domain", domain, domainName, remedy);
  }
  refuseMismatch("previews.entrance", entrance, folder, 'Give a folder, as in "/_preview/".');
  const remedy = "Give letters, digits, _ and -, 64 at most.";
  refuseMismatch("previews.cookie", cookie, cookieName, remedy);
  return { hostSuffix: domain === undefined ? null : `.${domain}`, entrance, cookie };
}

function refuseMismatch(subject: string, value: unknown, allowed: RegExp, remedy: string): void {
  if (typeof value === "string" && allowed.test(value)) return;
  throw checks.invalidValue(subject, "is not valid", value, remedy);
}

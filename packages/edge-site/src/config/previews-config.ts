import { isObject, shown } from "option-checks";
import { invalid, refuseMismatch, fieldsOf, type Shape } from "./setting-checks.ts";

/** Builds that are not live, for those who review them. */
export interface PreviewsConfig {
  /**
   * The domain below which each preview has a host name, as in `preview.example.com`: the stage's `domain.names` have
   * `*.preview.example.com`.
   * @default - a preview has a path, as in `/_preview/pr-12`, which gives the browser a cookie
   */
  readonly domain?: string;
  /**
   * Who may see the stage: passwords by user name, 12 characters at least, or what `edge-auth hash` prints for one. The
   * package edge-auth asks for them. `false`: everybody.
   */
  readonly users: Readonly<Record<string, string>> | false;
}

const shape: Shape = { required: ["users"], optional: ["domain"] };

// The name of a preview is in front of it: 253 characters in all.
const domainName = /^(?=.{1,189}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]+$/;

/**
 * Refuses what previews cannot be.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`
 */
export function refuseInvalidPreviews(subject: string, value: unknown, stage: unknown): void {
  const fields = fieldsOf(shape, subject, value);
  const { domain, users } = fields;
  const areUsers = isObject(users) && Object.keys(users).length > 0;
  if (users !== false && !areUsers) {
    throw invalid(
      `${subject}.users is not valid: got ${Array.isArray(users) ? "a list" : typeof users}. Allowed: passwords by user name, as in { team: process.env["PREVIEW_PASSWORD"] }, or false for a stage that everybody may see.`,
    );
  }
  if (domain === undefined) return;
  refuseMismatch(
    `${subject}.domain`,
    domain,
    domainName,
    'a lower-case domain name without "*", as in "preview.example.com"',
  );
  const names = namesOf(stage);
  if (names.includes(`*.${String(domain)}`)) return;
  throw invalid(
    `${subject}.domain has no name of the distribution: got ${shown(domain)}, and ${shown(names)} in domain.names. Add "*.${String(domain)}" there, with a certificate that covers it, or leave ${subject}.domain out.`,
  );
}

function namesOf(stage: unknown): readonly unknown[] {
  const domain = isObject(stage) ? stage["domain"] : undefined;
  const names = isObject(domain) ? domain["names"] : undefined;
  return Array.isArray(names) ? names : [];
}

import { resolveRule } from "../compile/resolve-rule.ts";
import { shown } from "option-checks";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import { SecretRedirectOptionsError } from "../secret-redirect-options-error.ts";
import { cloudflareRedirects } from "./cloudflare-redirects.ts";
import { csvRedirects } from "./csv-redirects.ts";
import { firebaseJson } from "./firebase-json.ts";
import { jsonRedirects } from "./json-redirects.ts";
import { netlifyRedirects } from "./netlify-redirects.ts";
import { netlifyToml } from "./netlify-toml.ts";
import type {
  ImportedEntry,
  ImportedRedirects,
  ImportProblem,
  RedirectFormat,
  RedirectSource,
} from "./redirect-source.ts";
import { vercelJson } from "./vercel-json.ts";

/** The names of the formats. */
export const redirectFormats: readonly RedirectFormat[] = [
  "json",
  "csv",
  "netlify-redirects",
  "cloudflare-redirects",
  "netlify-toml",
  "vercel-json",
  "firebase-json",
];

const importers: Readonly<Record<RedirectFormat, (text: string) => ImportedEntry[]>> = {
  json: jsonRedirects,
  csv: csvRedirects,
  "netlify-redirects": netlifyRedirects,
  "cloudflare-redirects": cloudflareRedirects,
  "netlify-toml": netlifyToml,
  "vercel-json": vercelJson,
  "firebase-json": firebaseJson,
};

/**
 * Returns the rules of a file of redirects, and every line that is not understood or asks for something
 * that a redirect at the edge cannot do.
 *
 * @throws {SecretRedirectOptionsError} `INVALID_FILE` when the file's name tells no format.
 */
export function importRedirects(source: RedirectSource): ImportedRedirects {
  const { file, text, format = formatOf(source.file) } = source;
  const rules: RedirectRule[] = [];
  const problems: ImportProblem[] = [];
  for (const entry of importers[format](text)) {
    const { line } = entry;
    const message = "message" in entry ? entry.message : problemOf(entry.rule);
    if (message === undefined && "rule" in entry) {
      rules.push({ ...entry.rule, source: `${file}:${line}` });
    } else problems.push({ file, line, message: message ?? "" });
  }
  return { rules, problems: problems.sort((one, other) => one.line - other.line) };
}

/**
 * Returns the rules of a file of redirects.
 *
 * @throws {SecretRedirectOptionsError} `INVALID_FILE` with each line that cannot be imported.
 */
export function redirectRulesFrom(source: RedirectSource): readonly RedirectRule[] {
  const { rules, problems } = importRedirects(source);
  if (problems.length === 0) return rules;
  throw new SecretRedirectOptionsError(
    "INVALID_FILE",
    problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join("\n"),
  );
}

function problemOf(rule: RedirectRule): string | undefined {
  try {
    resolveRule("rule", rule, { cacheControl: {}, hostHeader: "host" });
    return undefined;
  } catch (error) {
    if (error instanceof SecretRedirectOptionsError) return error.message;
    throw error;
  }
}

function formatOf(file: string): RedirectFormat {
  const name = file.replace(/^.*[/\\]/, "");
  if (name === "_redirects") return "netlify-redirects";
  if (name === "netlify.toml") return "netlify-toml";
  if (name === "vercel.json") return "vercel-json";
  if (name === "firebase.json") return "firebase-json";
  if (name.endsWith(".json")) return "json";
  if (name.endsWith(".csv")) return "csv";
  throw new SecretRedirectOptionsError(
    "INVALID_FILE",
    `The name of a file of redirects tells no format: got ${shown(file)}. Give format, one of ${redirectFormats.join(", ")}.`,
  );
}

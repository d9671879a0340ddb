import { followRedirects } from "../check/follow-redirects.ts";
import { resolveRule, type ResolvedRule } from "../compile/resolve-rule.ts";
import { compileRules } from "../compile/compile-secret-redirect.ts";
import { analyzedRules } from "../check/analyzed-rules.ts";
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
  ImportLeftover,
  ImportProblem,
  NoRedirect,
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
 * Returns the rules of a file of redirects; every line that is not understood or asks for something that a
 * redirect at the edge cannot do; and what else the file holds, with where it belongs. A rule that leads to
 * itself is left out: a viewer would be redirected for ever.
 *
 * @throws {SecretRedirectOptionsError} `INVALID_FILE` when the file's name does not say its format.
 */
export function importRedirects(source: RedirectSource): ImportedRedirects {
  const { file, text, format = formatOf(source.file), strict = false } = source;
  const rules: RedirectRule[] = [];
  const problems: ImportProblem[] = [];
  const leftovers: ImportLeftover[] = [];
  for (const entry of importers[format](text)) {
    const { line } = entry;
    const read = "rule" in entry ? checked(entry.rule) : entry;
    if ("rule" in read) rules.push({ ...read.rule, source: `${file}:${line}` });
    else if (!("belongsTo" in read) || strict) problems.push({ file, line, message: read.message });
    else leftovers.push({ file, line, message: read.message, belongsTo: read.belongsTo });
  }
  const byLine = (one: ImportProblem, other: ImportProblem): number => one.line - other.line;
  return { rules, problems: problems.sort(byLine), leftovers: leftovers.sort(byLine) };
}

/**
 * Returns the rules of a file of redirects, without what belongs elsewhere unless `strict` refuses that.
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

function checked(rule: RedirectRule): { readonly rule: RedirectRule } | NoRedirect {
  const toItself: NoRedirect = {
    message: `The rule leads to itself, and is left out: got ${JSON.stringify(rule.from)} and ${JSON.stringify(rule.to)}.`,
    belongsTo: undefined,
  };
  try {
    const resolved = resolveRule("rule", rule, { cacheControl: {}, hostHeader: "host" });
    return leadsToItself(resolved) ? toItself : { rule };
  } catch (error) {
    if (!(error instanceof SecretRedirectOptionsError)) throw error;
    return error.message.startsWith("rule.to leads back") ? toItself : { message: error.message };
  }
}

function leadsToItself(resolved: readonly ResolvedRule[]): boolean {
  const analyzed = analyzedRules(compileRules(resolved));
  return resolved.some(({ rule }, index) => {
    const { host = [], query = {} } = rule.conditions ?? {};
    // What a parameter captures makes another path.
    if (Object.values(query).some((value) => String(value).startsWith(":"))) return false;
    const site = { siteHosts: [host].flat().map((name) => name.toLowerCase()) };
    return followRedirects(analyzed, index, site).some(({ kind }) => kind === "loop");
  });
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
    `The name of a file of redirects does not say its format: got ${shown(file)}. Give format, one of ${redirectFormats.join(", ")}.`,
  );
}

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { SiteFilesError } from "site-files";
import { analyzeSiteFolder, writeIntegrity } from "./site/site-folder.ts";
import { compileSecurityHeaders } from "./compile/compile-security-headers.ts";
import { explainSecurityHeaders } from "./decide-security-headers.ts";
import { formatScorecard, refuseWeakHeaders, scorecard } from "./scorecard/scorecard.ts";
import type { SecurityHeadersOptions } from "./options.ts";
import { SecurityHeadersOptionsError } from "./security-headers-options-error.ts";

const usage = `Usage:
  security-headers explain <uri> [--options FILE] [--site FOLDER] [--content-type TYPE]
  security-headers scorecard [--options FILE] [--site FOLDER] [--min-score POINTS]
  security-headers integrity <folder>

explain    which rule decides the headers of a path, why, and what they are
scorecard  what Observatory, csp_evaluator and OWASP say of the page at /
integrity  gives the scripts in a built site's pages their integrity attributes, in place

--options  the options, as JSON            --site  the built site, for the hashes of its policy
`;

try {
  process.stdout.write(`${run(process.argv.slice(2))}\n`);
} catch (error) {
  if (!isUserMistake(error)) throw error;
  process.stderr.write(`${mistakeOf(error)}\n`);
  process.exitCode = 1;
}

function run(args: readonly string[]): string {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      options: { type: "string" },
      site: { type: "string" },
      "content-type": { type: "string", default: "text/html" },
      "min-score": { type: "string", default: "0" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [command, subject] = positionals;
  if (values.help) return usage;
  if (command === "integrity" && subject !== undefined) {
    return writeIntegrity(subject).join("\n") || "Nothing to change.";
  }
  const site = values.site === undefined ? undefined : analyzeSiteFolder(values.site);
  const compiled = compileSecurityHeaders({
    ...(values.options !== undefined && readOptions(values.options)),
    ...(site !== undefined && { site }),
  });
  if (command === "explain" && subject !== undefined) {
    const contentType = [{ key: "Content-Type", value: values["content-type"] }];
    const response = { uri: subject, headers: { "content-type": contentType } };
    const { rule, reason, result } = explainSecurityHeaders(compiled, response);
    const lines = Object.values(result.set).flat();
    return [
      `${rule}: ${reason}`,
      ...lines.map(({ key, value }) => `  ${key}: ${value}`),
      ...(site?.warnings ?? []),
    ].join("\n");
  }
  if (command === "scorecard") {
    const card = scorecard(compiled, site === undefined ? {} : { pages: site.pages });
    refuseWeakHeaders(card, { minObservatoryScore: Number(values["min-score"]) });
    return [formatScorecard(card), ...(site?.warnings ?? [])].join("\n");
  }
  throw new SecurityHeadersOptionsError("UNKNOWN_OPTION", usage);
}

function readOptions(file: string): SecurityHeadersOptions {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new SecurityHeadersOptionsError(
      "INVALID_VALUE",
      `The options cannot be read: got ${JSON.stringify(file)}. Give a file of JSON.`,
      { cause },
    );
  }
}

function isUserMistake(error: unknown): error is Error {
  if (error instanceof SecurityHeadersOptionsError || error instanceof SiteFilesError) return true;
  return (
    error instanceof Error && "code" in error && /^(?:ENO|ERR_PARSE_ARGS)/.test(String(error.code))
  );
}

/** The first sentence of what Node.js says of the arguments: the others are about rare cases. */
function mistakeOf({ message, ...error }: Error): string {
  return "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")
    ? `${message.split(". ")[0]}. See: security-headers --help`
    : message;
}

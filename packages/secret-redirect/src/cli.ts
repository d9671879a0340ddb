import {
  collectHeader,
  createCommand,
  type HeaderLines,
  Option,
  readJsonOption,
  runCommand,
} from "cf-command-line";
import { compileSecretRedirect } from "./compile/compile-secret-redirect.ts";
import type { RedirectRule } from "./compile/redirect-rule.ts";
import type { SecretRedirectOptions } from "./compile/secret-redirect-options.ts";
import {
  type SecretRedirectExplanation,
  explainSecretRedirect,
} from "./explain/explain-secret-redirect.ts";
import { importRedirects, redirectFormats, redirectRulesFrom } from "./import/import-redirects.ts";
import { redirectSourceOf } from "./import/read-redirect-file.ts";
import type { RedirectFormat } from "./import/redirect-source.ts";

interface ExplainOptions {
  readonly options?: string;
  readonly rules?: string;
  readonly format?: RedirectFormat;
  readonly method: string;
  readonly header?: HeaderLines;
  readonly json: boolean;
}

const command = createCommand("secret-redirect");
command
  .command("explain <uri>")
  .description("says which rule decides on a request, why, and the result")
  .option("--options <file>", "the options as JSON")
  .option(
    "--rules <file>",
    "a file of redirects: JSON, CSV, _redirects, netlify.toml, vercel.json, firebase.json",
  )
  .addOption(
    new Option("--format <name>", "the format of that file, where its name does not say").choices(
      redirectFormats,
    ),
  )
  .option("--method <name>", "the method of the request", "GET")
  .option("--header <name: value>", "a header of the request (repeatable)", collectHeader)
  .option("--json", "write the explanation as JSON", false)
  .action((uri: string, options: ExplainOptions) => {
    const explanation = explain(uri, options);
    process.stdout.write(
      options.json ? `${JSON.stringify(explanation, undefined, 2)}\n` : inWords(explanation),
    );
  });

process.exitCode = await runCommand(command, process.argv.slice(2));

function explain(
  request: string,
  { options, rules, format, method, header }: ExplainOptions,
): SecretRedirectExplanation {
  const given: SecretRedirectOptions =
    options === undefined ? { rules: [] } : readJsonOption("--options", options);
  const imported = rules === undefined ? [] : importedRules(rules, format);
  const compiled = compileSecretRedirect(
    imported.length > 0 ? { ...given, rules: [...(given.rules ?? []), ...imported] } : given,
  );
  const [uri = "", ...query] = request.split("?");
  const querystring = query.join("?");
  return explainSecretRedirect(compiled, { uri, querystring, method, headers: header ?? {} });
}

/** The rules of a file; what is left out of it is said. */
function importedRules(file: string, format?: RedirectFormat): readonly RedirectRule[] {
  const source = redirectSourceOf(file, format);
  for (const { line, message } of importRedirects(source).leftovers) {
    process.stderr.write(`left out ${file}:${line}: ${message}\n`);
  }
  return redirectRulesFrom(source);
}

function inWords({ rule, reason, result, skipped }: SecretRedirectExplanation): string {
  const place =
    rule && `${JSON.stringify(rule.from)}${rule.source === undefined ? "" : ` (${rule.source})`}`;
  const lines = [
    ...skipped.map((each) => `skipped  ${JSON.stringify(each.rule.from)}: ${each.reason}`),
    `rule     ${place ?? "none"}`,
    `reason   ${reason}`,
    `result   ${result ? `${result.status} ${result.location} (${result.cacheControl})` : "passes untouched"}`,
  ];
  return `${lines.join("\n")}\n`;
}

import { type Command, createCommand, readJsonOption, runCommand } from "cf-command-line";
import { SiteFilesError } from "cf-site-files";
import { analyzeSiteFolder, writeIntegrity } from "./site/site-folder.ts";
import { compileSecurityHeaders } from "./compile/compile-security-headers.ts";
import { explainSecurityHeaders } from "./decide-security-headers.ts";
import { formatScorecard, refuseWeakHeaders, scorecard } from "./scorecard/scorecard.ts";
import type { SecurityHeadersOptions } from "./options.ts";

interface PolicyOptions {
  readonly options?: string;
  readonly site?: string;
}

const command = createCommand("security-headers");

withPolicyOptions(command.command("explain <uri>"))
  .description("says which rule decides the headers of a path, why, and what they are")
  .option("--content-type <type>", "the content type of the response", "text/html")
  .action((uri: string, options: PolicyOptions & { readonly contentType: string }) => {
    const { compiled, warnings } = compilePolicy(options);
    const contentType = [{ key: "Content-Type", value: options.contentType }];
    const response = { uri, headers: { "content-type": contentType } };
    const { rule, reason, result } = explainSecurityHeaders(compiled, response);
    const lines = Object.values(result.set).flat();
    print([
      `${rule}: ${reason}`,
      ...lines.map(({ key, value }) => `  ${key}: ${value}`),
      ...warnings,
    ]);
  });

withPolicyOptions(command.command("scorecard"))
  .description("says what Observatory, csp_evaluator and OWASP say of the page at /")
  .option("--min-score <points>", "fail below so many points of Observatory", Number, 0)
  .action((options: PolicyOptions & { readonly minScore: number }) => {
    const { compiled, pages, warnings } = compilePolicy(options);
    const card = scorecard(compiled, pages === undefined ? {} : { pages });
    refuseWeakHeaders(card, { minObservatoryScore: options.minScore });
    print([formatScorecard(card), ...warnings]);
  });

command
  .command("integrity <folder>")
  .description("gives the scripts in a built site's pages their integrity attributes, in place")
  .action((folder: string) => {
    const changed = writeIntegrity(folder);
    print(changed.length === 0 ? ["Nothing to change."] : changed);
  });

process.exitCode = await runCommand(command, process.argv.slice(2), { mistakes: [SiteFilesError] });

function withPolicyOptions(subcommand: Command): Command {
  return subcommand
    .option("--options <file>", "the options, as JSON")
    .option("--site <folder>", "the built site, for the hashes of its policy");
}

function compilePolicy({ options, site: folder }: PolicyOptions) {
  const site = folder === undefined ? undefined : analyzeSiteFolder(folder);
  const given: SecurityHeadersOptions =
    options === undefined ? {} : readJsonOption("--options", options);
  return {
    compiled: compileSecurityHeaders({ ...given, ...(site && { site }) }),
    pages: site?.pages,
    warnings: site?.warnings ?? [],
  };
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

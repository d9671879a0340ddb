import {
  collectHeader,
  createCommand,
  type HeaderLines,
  readJsonOption,
  readTextOption,
  runCommand,
} from "cf-command-line";
import { openSiteFolder, SiteFilesError } from "cf-site-files";
import { compileSpaRewrite } from "./compile/compile-spa-rewrite.ts";
import type { SpaRewriteOptions } from "./compile/spa-rewrite-options.ts";
import { explainSpaRewrite } from "./explain/explain-spa-rewrite.ts";
import { parseRoutesFile } from "./import/parse-routes-file.ts";

interface ExplainOptions {
  readonly options?: string;
  readonly routes?: string;
  readonly site?: string;
  readonly method: string;
  readonly header?: HeaderLines;
}

const command = createCommand("spa-rewrite");
command
  .command("explain <uri>")
  .description("says which rule decides on a request, why, and the result")
  .option("--options <file>", "the options as JSON; without it, every navigation is a page")
  .option("--routes <file>", "routes that a router or a build emitted, in place of the option")
  .option("--site <folder>", "the built site, in place of the option siteFiles")
  .option("--method <name>", "the method of the request", "GET")
  .option("--header <name: value>", "a header of the request (repeatable)", collectHeader)
  .action((uri: string, options: ExplainOptions) => {
    process.stdout.write(`${JSON.stringify(explain(uri, options), undefined, 2)}\n`);
  });

process.exitCode = await runCommand(command, process.argv.slice(2), { mistakes: [SiteFilesError] });

function explain(request: string, { options, routes, site, method, header }: ExplainOptions) {
  const given: SpaRewriteOptions =
    options === undefined ? {} : readJsonOption("--options", options);
  const isOpen = options === undefined && routes === undefined;
  const compiled = compileSpaRewrite({
    ...given,
    ...(isOpen && { mode: "fallback" }),
    ...(routes !== undefined && { routes: parseRoutesFile(readTextOption("--routes", routes)) }),
    ...(site !== undefined && {
      siteFiles: openSiteFolder(site)
        .list()
        .files.map(({ key }) => key),
    }),
  });
  const [uri = "", ...query] = request.split("?");
  const querystring = query.join("?");
  return explainSpaRewrite(compiled, { uri, querystring, method, headers: header ?? {} });
}

import { resolve } from "node:path";
import { createCommand, Option, runCommand } from "cf-command-line";
import packageJson from "../package.json" with { type: "json" };
import {
  type Engine,
  parseRoutes,
  refuseInvalidCertificate,
  refuseInvalidDomain,
} from "./answers.ts";
import type { GivenAnswers } from "./ask.ts";
import { CreateCfEdgeError } from "./create-cf-edge-error.ts";
import { createSite } from "./create-site.ts";
import { describeCreated } from "./describe-created.ts";
import { versionsOf } from "./versions.ts";

interface Options {
  readonly siteFolder?: string;
  readonly routes?: string;
  readonly domain?: string;
  readonly certificate?: string;
  readonly engine?: Engine;
  readonly stackName?: string;
  readonly yes: boolean;
}

const command = createCommand("npm create cf-edge")
  .description("Adds Amazon CloudFront with edge functions to an existing project.")
  .argument("[folder]", "the project (default: the working directory)")
  .option("--site-folder <path>", "the folder that the build writes (default: the framework's)")
  .option("--routes <list>", "the paths of the app, as in /notes/:id,/about; or all, or pages")
  .option("--domain <name>", "a domain name of your own, with --certificate")
  .option("--certificate <arn>", "the domain's ACM certificate in us-east-1")
  .addOption(
    new Option(
      "--engine <name>",
      "where the functions run (default: where each costs least)",
    ).choices(["cloudfront-function", "lambda-edge"]),
  )
  .option("--stack-name <name>", "the CloudFormation stack (default: the project's name)")
  .option("-y, --yes", "ask nothing", false)
  .version(packageJson.version)
  .action(run);

process.exitCode = await runCommand(command, process.argv.slice(2));

async function run(path: string | undefined, options: Options): Promise<void> {
  const folder = resolve(path ?? ".");
  const created = await createSite({
    folder,
    given: givenIn(options),
    isInteractive: !options.yes && process.stdin.isTTY,
    versionsOf,
  });
  if (created !== undefined) process.stdout.write(describeCreated(created, folder));
}

function givenIn(options: Options): GivenAnswers & { readonly stackName?: string } {
  const { siteFolder, routes, domain: name, certificate, engine, stackName } = options;
  return {
    ...(siteFolder !== undefined && { siteFolder }),
    ...(routes !== undefined && { routes: parseRoutes(routes) }),
    ...(name !== undefined && { domain: domainOf(name, certificate) }),
    ...(engine !== undefined && { engine }),
    ...(stackName !== undefined && { stackName }),
  };
}

function domainOf(name: string, certificateArn: string | undefined) {
  refuseInvalidDomain(name);
  if (certificateArn === undefined) {
    throw new CreateCfEdgeError(
      "MISSING_ANSWER",
      "A domain needs its certificate: got no --certificate. Give the ARN of one in us-east-1, or leave --domain out and add stages.prod.domain to edge.config.ts later.",
    );
  }
  refuseInvalidCertificate(certificateArn);
  return { name, certificateArn };
}

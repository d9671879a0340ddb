import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import {
  collectHeader,
  CommandMistake,
  createCommand,
  type HeaderLines,
  readJsonOption,
  runCommand,
} from "cf-command-line";
import { compileEdgeAuth } from "./compile/compile-edge-auth.ts";
import type { EdgeAuthOptions } from "./compile/edge-auth-options.ts";
import { hashOf, hashText } from "./compile/password-hash.ts";
import { explainEdgeAuth } from "./explain/explain-edge-auth.ts";

interface ExplainOptions {
  readonly options: string;
  readonly method: string;
  readonly header?: HeaderLines;
  readonly json: boolean;
}

const command = createCommand("edge-auth");
command
  .command("hash <name>")
  .description(
    "prints the salted hash of a user's password, which it reads from the standard input",
  )
  .action(async (name: string) => {
    const password = (await text(process.stdin)).replace(/\r?\n$/, "");
    if (password.length < 12) {
      throw new CommandMistake(
        `The password is too short: got ${password.length} characters. Pipe one of 12 at least, as in: openssl rand -base64 18 | edge-auth hash ${name}`,
      );
    }
    process.stdout.write(`${hashText(hashOf(name, password, randomBytes(16).toString("hex")))}\n`);
  });
command
  .command("explain <uri>")
  .description("says which rule decides on a request, and why")
  .requiredOption("--options <file>", "the options as JSON")
  .option("--method <name>", "the method of the request", "GET")
  .option("--header <name: value>", "a header of the request (repeatable)", collectHeader)
  .option("--json", "write the explanation as JSON", false)
  .action((uri: string, { options, method, header = {}, json }: ExplainOptions) => {
    const compiled = compileEdgeAuth(readJsonOption<EdgeAuthOptions>("--options", options));
    const explanation = explainEdgeAuth(compiled, { uri, method, headers: header });
    process.stdout.write(
      json
        ? `${JSON.stringify(explanation, undefined, 2)}\n`
        : `${explanation.status === 200 ? "passes" : explanation.status}: ${explanation.reason}\n`,
    );
  });

process.exitCode = await runCommand(command, process.argv.slice(2));

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { EventHeaders } from "cf-types";
import { compileSecretRedirect } from "./compile/compile-secret-redirect.ts";
import {
  type SecretRedirectExplanation,
  explainSecretRedirect,
} from "./explain/explain-secret-redirect.ts";
import { refuseOtherThan } from "./compile/refuse-invalid-option.ts";
import { redirectFormats } from "./import/import-redirects.ts";
import { readRedirectFile } from "./import/read-redirect-file.ts";
import type { RedirectFormat } from "./import/redirect-source.ts";
import { SecretRedirectOptionsError } from "./secret-redirect-options-error.ts";
import type { SecretRedirectOptions } from "./compile/secret-redirect-options.ts";

const usage = `secret-redirect explain <uri> [options]

Says which rule decides on a request, why, and the result.

  --options FILE   the options as JSON
  --rules FILE     a file of redirects: JSON, CSV, _redirects, netlify.toml, vercel.json, firebase.json
  --format NAME    the format of that file, where its name does not tell: cloudflare-redirects …
  --method NAME    GET unless given
  --header "NAME: VALUE"   a header of the request; may be given again
  --json           the explanation as JSON
  --help           this text
`;

try {
  process.stdout.write(run(process.argv.slice(2)));
} catch (error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!(error instanceof SecretRedirectOptionsError) && !code.startsWith("ERR_PARSE_ARGS"))
    throw error;
  process.stderr.write(`secret-redirect: ${messageOf(error, code)}\n`);
  process.exitCode = 1;
}

/** Node.js tells of a mistake in the arguments in one sentence, and in more of what is seldom meant. */
function messageOf(error: unknown, code: string): string {
  const message = error instanceof Error ? error.message : "";
  return code.startsWith("ERR_PARSE_ARGS")
    ? `${message.split(". ")[0]}. See: secret-redirect --help`
    : message;
}

function run(args: readonly string[]): string {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      options: { type: "string" },
      rules: { type: "string" },
      format: { type: "string" },
      method: { type: "string", default: "GET" },
      header: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const [command, uri, ...others] = positionals;
  if (values.help) return usage;
  if (command !== "explain" || uri === undefined || others.length > 0) {
    throw new SecretRedirectOptionsError(
      "INVALID_VALUE",
      `The command is not understood: got ${JSON.stringify(positionals.join(" "))}. Write: secret-redirect explain /path. See: secret-redirect --help`,
    );
  }
  const options = readOptions(values.options);
  const rules =
    values.rules === undefined ? [] : readRedirectFile(values.rules, formatNamed(values.format));
  const compiled = compileSecretRedirect(
    rules.length > 0 ? { ...options, rules: [...(options.rules ?? []), ...rules] } : options,
  );
  const [path = "", ...query] = uri.split("?");
  const explanation = explainSecretRedirect(compiled, {
    uri: path,
    querystring: query.join("?"),
    method: values.method,
    headers: readHeaders(values.header),
  });
  return values.json ? `${JSON.stringify(explanation, undefined, 2)}\n` : inWords(explanation);
}

function formatNamed(name: string | undefined): RedirectFormat | undefined {
  if (name === undefined) return undefined;
  refuseOtherThan("--format", name, redirectFormats);
  return redirectFormats.find((format) => format === name);
}

function readOptions(file: string | undefined): SecretRedirectOptions {
  if (file === undefined) return { rules: [] };
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new SecretRedirectOptionsError(
      "INVALID_FILE",
      `The options cannot be read: got ${JSON.stringify(file)}. Give a file of JSON.`,
      { cause },
    );
  }
}

function readHeaders(lines: readonly string[]): EventHeaders {
  const headers: EventHeaders = {};
  for (const line of lines) {
    const [key = "", ...value] = line.split(":");
    const name = key.trim().toLowerCase();
    headers[name] = [...(headers[name] ?? []), { key: key.trim(), value: value.join(":").trim() }];
  }
  return headers;
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

#!/usr/bin/env node
import { readFileSync, readdirSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { compileSpaRewrite, explainSpaRewrite, parseRoutesFile } from "../dist/index.js";

const usage = `Usage: spa-rewrite explain <uri> [options]

  --options <file.json>     the options of spa-rewrite; without it, every navigation is a page
  --routes <file>           routes that a router or a build emitted, in place of the option
  --site <folder>           the built site, in place of the option siteFiles
  --method <method>         GET unless it is given
  --header <name: value>    a header of the request; may be given again
  --help                    this text
`;

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${cause.code}. Give the path of a file.`, { cause });
  }
}

/** @param {string} file */
function readJson(file) {
  const content = read(file);
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new Error(`${file} is not JSON. Write the options as one object.`, { cause });
  }
}

/** @param {string} folder */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, resolve(entry.parentPath, entry.name)).split(sep).join("/"));
}

/** @param {readonly string[]} lines */
function headersOf(lines) {
  /** @type {import("cf-types").EventHeaders} */
  const headers = {};
  for (const line of lines) {
    const [key = "", ...value] = line.split(":");
    (headers[key.toLowerCase()] ??= []).push({ key, value: value.join(":").trim() });
  }
  return headers;
}

/** Node.js tells of a mistake in one sentence, and in more of what is seldom meant. */
function parsedArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        options: { type: "string" },
        routes: { type: "string" },
        site: { type: "string" },
        method: { type: "string", default: "GET" },
        header: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    const [mistake] = cause.message.split(". ");
    throw new Error(`${mistake}. See: spa-rewrite --help`, { cause });
  }
}

function explain() {
  const { positionals, values } = parsedArguments();
  if (values.help) return usage;
  const [command, request, ...others] = positionals;
  if (command !== "explain" || request === undefined || others.length > 0) {
    throw new Error(
      `The command is not understood: got ${JSON.stringify(positionals.join(" "))}. Write: spa-rewrite explain /path. See: spa-rewrite --help`,
    );
  }
  const given = values.options && readJson(values.options);
  const compiled = compileSpaRewrite({
    ...(given ?? (values.routes ? {} : { mode: "fallback" })),
    ...(values.routes && { routes: parseRoutesFile(read(values.routes)) }),
    ...(values.site && { siteFiles: filesOf(values.site) }),
  });
  const [uri = "", ...query] = request.split("?");
  const explanation = explainSpaRewrite(compiled, {
    uri,
    querystring: query.join("?"),
    method: values.method,
    headers: headersOf(values.header),
  });
  return `${JSON.stringify(explanation, undefined, 2)}\n`;
}

try {
  process.stdout.write(explain());
} catch (error) {
  process.stderr.write(`spa-rewrite: ${error.message}\n`);
  process.exitCode = 1;
}

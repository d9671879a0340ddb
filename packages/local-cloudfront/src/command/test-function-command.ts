import { extname } from "node:path";
import { CloudAssemblyError, readCloudAssembly } from "cloud-assembly";
import {
  type Command,
  CommandMistake,
  Option,
  readJsonOption,
  readTextOption,
} from "cf-command-line";
import type { CloudFrontFunctionError } from "../cloudfront-function/cloudfront-function.ts";
import { KeyValueStore } from "../cloudfront-function/key-value-store.ts";
import { runFunctionTest } from "../cloudfront-function/test-function.ts";
import { loadCloudFrontFunction } from "../resolve/load-cloudfront-function.ts";
import { assignments } from "./distribution-options.ts";
import { withFacts } from "./with-facts.ts";

/** The name of the command. */
export const testFunctionName = "test-function";

interface TestFunctionCommandOptions {
  readonly event: string;
  readonly function?: string;
  readonly runtime?: "cloudfront-js-1.0" | "cloudfront-js-2.0";
  readonly kvs?: Readonly<Record<string, string>>;
}

/** The code of a function, and how errors call it. */
interface TestedFunction {
  readonly name: string;
  readonly code: string;
  readonly runtime?: "cloudfront-js-1.0" | "cloudfront-js-2.0";
  /** The first is associated with it. */
  readonly keyValueStores: readonly KeyValueStore[];
}

/**
 * Adds the command that runs a CloudFront Function once. It writes one JSON object to stdout; where the function
 * failed, a line on stderr says where, and what to do.
 *
 * @param fail gets the exit status of a function that failed
 */
export function addTestFunctionCommand(command: Command, fail: (status: number) => void): void {
  command
    .command(testFunctionName)
    .description("Runs a CloudFront Function once, as AWS's TestFunction does.")
    .argument("<file>", "its JavaScript; with --function, a cdk.out folder or a template")
    .requiredOption("--event <file>", "the event, as JSON")
    .option("--function <logical-id>", "the function of the template")
    .addOption(
      new Option("--runtime <name>", "the runtime of the file (cloudfront-js-2.0)").choices([
        "cloudfront-js-1.0",
        "cloudfront-js-2.0",
      ]),
    )
    .option(
      "--kvs <NAME=FILE>",
      "a key value store, from JSON as AWS imports it; without it, that of the template (repeatable)",
      assignments("NAME=FILE"),
    )
    .action((file: string, options: TestFunctionCommandOptions) =>
      withFacts(async () => {
        if (!(await test(file, options))) fail(1);
      }),
    );
}

async function test(file: string, options: TestFunctionCommandOptions): Promise<boolean> {
  const { runtime = "cloudfront-js-2.0", ...tested } = readFunction(file, options);
  const { name } = tested;
  const { result, error, warnings } = await runFunctionTest({
    ...tested,
    runtime: options.runtime ?? runtime,
    event: readJsonOption<object>("--event", options.event),
  });
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  if (error !== undefined) process.stderr.write(`${describeError(name, error)}\n`);
  return result.FunctionErrorMessage === "";
}

function readFunction(file: string, options: TestFunctionCommandOptions): TestedFunction {
  const files = Object.entries(options.kvs ?? {});
  if (options.function === undefined) {
    if (["", ".json", ".yaml", ".yml"].includes(extname(file))) {
      throw new CommandMistake(
        `${JSON.stringify(file)} is not the JavaScript of a function. Name the function of a template with --function LOGICAL_ID.`,
      );
    }
    const keyValueStores = files.map(([store, source]) => readStore(store, source));
    return { name: file, code: readTextOption("The function", file), keyValueStores };
  }
  try {
    const assembly = readCloudAssembly(file);
    const loaded = loadCloudFrontFunction(assembly, options.function, new Map(files));
    const passed = files.filter(([, source]) =>
      loaded.keyValueStores.every(({ importFile }) => importFile !== source),
    );
    return {
      ...loaded,
      keyValueStores: [
        ...loaded.keyValueStores.map(({ name, importFile, id }) => readStore(name, importFile, id)),
        ...passed.map(([store, source]) => readStore(store, source)),
      ],
    };
  } catch (error) {
    throw error instanceof CloudAssemblyError
      ? new CommandMistake(error.message, { cause: error })
      : error;
  }
}

/** A store without a file is empty. */
function readStore(name: string, file: string | undefined, id = name): KeyValueStore {
  return new KeyValueStore({
    name,
    id,
    ...(file !== undefined && {
      importSource: readTextOption("--kvs", file),
      importSourceName: file,
    }),
  });
}

function describeError(
  name: string,
  { text, line, remedy, factId }: CloudFrontFunctionError,
): string {
  const place = line === undefined ? name : `${name}:${line}`;
  return [`${place}: ${text}.`, ...(remedy === undefined ? [] : [remedy]), `(${factId})`].join(" ");
}

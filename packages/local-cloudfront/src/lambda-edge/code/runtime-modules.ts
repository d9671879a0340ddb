import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { LambdaFunction } from "../../distribution/edge-functions.ts";

/** What a function's code asks of Lambda's runtime. */
export interface RuntimeModules {
  /** The modules that were taken from the app, by name: the folder of each. */
  readonly taken: ReadonlyMap<string, string>;
  /** Whether it signs requests to AWS. */
  readonly signs: boolean;
}

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
const version3 = /["'`](?<name>@(?:aws-sdk|smithy)\/[\w.-]+)/g;
const version2 = /["'`](?<name>aws-sdk)["'`/]/g;
const signer =
  /AWS_ACCESS_KEY_ID|@aws-sdk\/|@smithy\/|["'`]aws-sdk["'`/]|\bimport boto(?:3|core)\b/;

/**
 * Gives staged code the modules of the AWS SDK that it names, lacks, and finds in Lambda's runtime: from
 * the `node_modules` beside the template or above, where it is installed. They stand beside the task root,
 * where only Node.js's look-up finds them.
 *
 * @param taskRoot the copy of the code
 */
export function provideRuntimeModules(
  taskRoot: string,
  { runtime, code }: Pick<LambdaFunction, "runtime" | "code">,
): RuntimeModules {
  const names = /^nodejs1[0-6]\./.test(runtime) ? version2 : version3;
  const wanted = new Set<string>();
  let signs = false;
  for (const file of codeFilesIn(taskRoot)) {
    const text = readFileSync(file, "utf8");
    signs ||= signer.test(text);
    for (const { groups } of text.matchAll(names)) wanted.add(groups?.["name"] ?? "");
  }
  const taken = new Map<string, string>();
  const from = [code.appFolder, code.kind === "inline" ? undefined : dirname(code.path)];
  for (const name of wanted) {
    if (existsSync(join(taskRoot, "node_modules", name))) continue;
    const found = from.flatMap((folder) => (folder && installed(folder, name)) || [])[0];
    if (found === undefined) continue;
    link(found, join(dirname(taskRoot), "node_modules", name));
    taken.set(name, found);
  }
  return { taken, signs };
}

/** Looks upwards, and where pnpm keeps what other modules need. */
function installed(folder: string, name: string): string | undefined {
  const modules = join(folder, "node_modules");
  const found = [join(modules, name), join(modules, ".pnpm/node_modules", name)].find(existsSync);
  const parent = dirname(folder);
  return found ?? (parent === folder ? undefined : installed(parent, name));
}

function link(target: string, path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(target), path, "junction");
}

/** The JavaScript and Python files of staged code, without those of its own modules. */
function codeFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : codeFilesIn(path);
    return /\.(?:[cm]?js|py)$/.test(entry.name) ? path : [];
  });
}

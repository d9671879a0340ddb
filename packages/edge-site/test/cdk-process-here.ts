import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** As `cdkProcess`, in this process. */
export async function cdkProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const { exec } = require(
    join(dirname(require.resolve("aws-cdk/package.json")), "lib/index.js"),
  ) as {
    exec: (args: readonly string[]) => Promise<number | undefined>;
  };
  Object.assign(process.env, env);
  try {
    return (await exec(args)) ?? 0;
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
    return 1;
  }
}

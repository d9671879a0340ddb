import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Bench } from "../frame/bench.ts";
import { sideBySide } from "../frame/side-by-side.ts";
import { targetColumns, targetRow } from "../frame/table.ts";

const sizes = [5, 10, 25, 50] as const;
const infra = fileURLToPath(new URL("../../../../apps/infra/", import.meta.url));

/** Runs in the folder of the CDK app: as many functions as its argument says, each its own asset. */
const program = `
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { compileSpaRewrite } from "spa-rewrite";
import { configFile } from "./lib/app-paths.ts";
import { readEdgeFunctionAsset } from "./lib/edge-function-asset.ts";
import { EdgeFunction } from "./lib/edge-function.ts";

const synthesize = (functions) => {
  const outdir = mkdtempSync(join(tmpdir(), "cf-edge-bench-"));
  const sinceMs = performance.now();
  const app = new App({ outdir });
  const stack = new Stack(app, "bench", { env: { region: "us-east-1" } });
  for (let number = 0; number < functions; number += 1) {
    const config = compileSpaRewrite({ routes: ["/section-" + number + "/:id"] });
    const options = { packageName: "spa-rewrite", config, resolveFrom: configFile };
    new EdgeFunction(stack, "Function" + number, { asset: readEdgeFunctionAsset(options) });
  }
  app.synth();
  const tookMs = performance.now() - sinceMs;
  rmSync(outdir, { recursive: true });
  return tookMs;
};
synthesize(1);
process.stdout.write(String(synthesize(Number(process.argv.at(-1)))));
`;

function synthMs(functions: number): number {
  const options = ["--input-type=module", "--eval", program, "--", String(functions)];
  return Number(execFileSync(process.execPath, options, { cwd: infra, encoding: "utf8" }));
}

/** How a synth grows with the number of functions. */
export const synth: Bench = {
  name: "synth",
  title: "Growth of a synth",
  method:
    "Milliseconds for a CDK app with so many of apps/infra's edge functions, each with a configuration and so an asset of its own; loading the CDK is left out.",
  async run() {
    const compared = await sideBySide(
      3,
      sizes.map((size) => ({ name: String(size), measure: () => synthMs(size) })),
    );
    const milliseconds = (value: number) => value.toFixed(0);
    return {
      tables: [
        {
          columns: ["functions", ...targetColumns.slice(1)],
          rows: [
            ...sizes.map((size) =>
              targetRow(`${size}, ms`, compared.spread(String(size)), undefined, milliseconds),
            ),
            targetRow("50 : 25 (2 is linear)", compared.ratio("50", "25"), { atMost: 2.2 }),
          ],
        },
      ],
      curves: [
        {
          name: "functions",
          title: "A synth with many functions",
          xLabel: "functions",
          yLabel: "ms",
          lines: [
            {
              name: "apps/infra",
              points: sizes.map((x) => ({ x, y: compared.spread(String(x)).median })),
            },
          ],
        },
      ],
    };
  },
};

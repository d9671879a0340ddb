import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { stackRegion } from "../aws/aws-clients.ts";

/**
 * Returns the folder of an assembly by which the CDK CLI can delete a stack: it reads no more of it than the name, the
 * region, and the roles that it assumes.
 */
export function emptyAssembly(stackName: string): string {
  const outdir = mkdtempSync(join(tmpdir(), "edge-site-destroy-"));
  process.once("exit", () => rmSync(outdir, { recursive: true }));
  // There is nothing to validate, of which the CDK would warn.
  const app = new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  new Stack(app, stackName, { stackName, env: { region: stackRegion } });
  return app.synth().directory;
}

import { buildEdgeFunction } from "./build-edge-function.ts";
import { EdgeBuildError } from "./edge-build-error.ts";

try {
  const { lambdaEdge, cloudFrontFunction } = await buildEdgeFunction(process.cwd());
  const built = { lambda: lambdaEdge, "cloudfront-function": cloudFrontFunction };
  for (const [folder, manifest] of Object.entries(built)) {
    if (manifest === undefined) continue;
    const { packageName, version, eventType, bundle } = manifest;
    process.stdout.write(
      `${packageName} ${version} (${eventType}): dist/${folder}/${bundle.file}, ${bundle.bytes} bytes\n`,
    );
  }
} catch (error) {
  if (!(error instanceof EdgeBuildError)) throw error;
  process.stderr.write(`edge-build: ${error.message}\n`);
  process.exitCode = 1;
}

import { buildEdgeFunction } from "./build-edge-function.ts";
import { EdgeBuildError } from "./edge-build-error.ts";

try {
  const { packageName, version, eventType, bundle } = await buildEdgeFunction(process.cwd());
  process.stdout.write(
    `${packageName} ${version} (${eventType}): dist/lambda/${bundle.file}, ${bundle.bytes} bytes\n`,
  );
} catch (error) {
  if (!(error instanceof EdgeBuildError)) throw error;
  process.stderr.write(`edge-build: ${error.message}\n`);
  process.exitCode = 1;
}

import { readCloudAssembly } from "cloud-assembly";
import { edgeApp } from "./app/edge-app.ts";
import { checkApp } from "./check-app.ts";
import type { CheckOptions } from "./check-options.ts";
import type { EdgeFinding } from "./finding.ts";

/**
 * Finds what CloudFront would refuse of the Lambda@Edge functions and distributions of a cloud assembly
 * (cdk.out) or of one template (JSON or YAML), and what would not work once it is deployed. What the
 * assembly's constructs acknowledge is left out.
 *
 * @param path of the folder or the file; a relative one starts at the working directory.
 * @throws {EdgeCheckError} when there is nothing, or something that is neither.
 */
export function checkAssembly(path: string, options: CheckOptions = {}): readonly EdgeFinding[] {
  return checkApp(
    edgeApp(() => readCloudAssembly(path).stacks),
    options,
  );
}

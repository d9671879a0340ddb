import type { CloudFrontFunctionResource } from "../distribution/cloudfront-functions.ts";
import type { ViewerEvent } from "./event/viewer-event.ts";
import type { RecordedCloudFrontFunctionRun } from "./function-run.ts";

const maxLogBytes = 10_240;

/** Returns the log group of a function, which is always in us-east-1 (FN-I-27). */
export function cloudFrontLogGroup({ name }: CloudFrontFunctionResource): string {
  return `/aws/cloudfront/function/${name}`;
}

/**
 * Returns the lines of one invocation as they stand in its log stream: none where the function wrote
 * nothing, and no more than 10 KB (FN-I-27).
 */
export function cloudFrontFunctionLog({
  event,
  lines,
}: RecordedCloudFrontFunctionRun): readonly string[] {
  if (lines.length === 0) return [];
  const { context } = JSON.parse(event) as ViewerEvent;
  const kept: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    bytes += Buffer.byteLength(line);
    if (bytes > maxLogBytes) break;
    kept.push(line);
  }
  return [`START DistributionID: ${context.distributionId}`, ...kept, "END"].map(
    (line) => `${context.requestId} ${line}`,
  );
}

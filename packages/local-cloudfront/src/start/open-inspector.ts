import type { Inspected } from "../inspector/inspected.ts";
import type { Inspector } from "../inspector/start-inspector.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";
import { usualInspectorPort } from "./usual-ports.ts";

/**
 * Starts the inspector where the options ask for it. Its usual port may be another program's, or
 * another local CloudFront's: then a free one will do, as where viewers come by a free one.
 *
 * @throws {LocalCloudFrontError} when the port that the options name cannot be had
 */
export async function openInspector(
  { inspector = false, port }: LocalCloudFrontOptions,
  inspected: Inspected,
  onInternalError: (error: unknown) => void,
): Promise<Inspector | undefined> {
  if (inspector === false) return undefined;
  const asked = inspector === true ? undefined : inspector.port;
  // Loaded where it is asked for: a library that runs tests starts sooner without.
  const { startInspector } = await import("../inspector/start-inspector.ts");
  return startInspector(inspected, {
    port: asked ?? (port === 0 ? 0 : usualInspectorPort),
    mayTakeAnother: asked === undefined,
    onInternalError,
  });
}

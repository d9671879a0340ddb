import { LocalCloudFrontError } from "../../src/index.ts";
import { startTestCloudFront, type TestCloudFrontOptions } from "./start-test-cloudfront.ts";

/** Returns what a person reads when a template is refused at start: the message, and the fact. */
export async function startRefusal(options: TestCloudFrontOptions): Promise<string> {
  try {
    await startTestCloudFront(options);
  } catch (error) {
    if (!(error instanceof LocalCloudFrontError)) throw error;
    return `${error.message}${error.factId === undefined ? "" : ` (${error.factId})`}`;
  }
  throw new Error("Nothing was refused.");
}

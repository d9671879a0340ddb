import { passRequest } from "./function-sources.ts";
import {
  startTestCloudFront,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "./start-test-cloudfront.ts";

/** Starts a local CloudFront whose function for `/bad/` does something; the one for `/good/a.html` works. */
export function startWithHostileFunction(
  statements: string,
  options: TestCloudFrontOptions = {},
): Promise<TestCloudFront> {
  const source = `exports.handler = async () => { ${statements} };`;
  return startTestCloudFront({
    ...options,
    cacheBehaviors: {
      "bad/*": { functions: { "viewer-request": { source, properties: { Timeout: 1 } } } },
      "good/*": { functions: { "viewer-request": passRequest } },
    },
    files: { "good/a.html": "good" },
  });
}

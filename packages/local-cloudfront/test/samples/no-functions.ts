import type { InvokeFunction } from "../../src/lambda-origin/lambda-origin.ts";

/** For origins that no function is behind. */
export const noFunctions: InvokeFunction = ({ logicalId }) =>
  Promise.reject(new Error(`${logicalId} is behind no origin of this test.`));

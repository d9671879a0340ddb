export { AwsTestDouble, type AwsTestDoubleOptions, type Fault } from "./aws-test-double.ts";
export { testDistributionId, testStagingDistributionId } from "./cloudfront.ts";
export { keyValueStoreArn } from "./key-value-stores.ts";
export { type TestFunctions, deployFunctions, refusedFunction } from "./cloudfront-functions.ts";
export { type Ended, testAccessKeyId, testDoubleEnv } from "./run-program.ts";
export { openUploads } from "./s3-multipart.ts";
export { TestDeployment } from "./test-deployment.ts";
export { testDoubleClients } from "./test-double-clients.ts";
export type { TestObject } from "./test-object.ts";
export { deleteTestStack, deployTestStack } from "./cloudformation.ts";
export { createTestStack } from "./test-stack.ts";
export {
  type Program,
  programRunner,
  type RunCommand,
  runProgram,
  startProgram,
} from "./run-program.ts";
export { hereRunner } from "./run-here.ts";

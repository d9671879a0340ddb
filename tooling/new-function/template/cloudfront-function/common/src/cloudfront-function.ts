import { createCloudFrontMyFunction } from "./edge/cloudfront-my-function.ts";
import config from "./inline-config.json" with { type: "json" };

/** The entry of the CloudFront Function: the options are in the code in front of it. */
export const handler = createCloudFrontMyFunction(config);

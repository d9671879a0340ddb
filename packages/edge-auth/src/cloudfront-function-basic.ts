import { createCloudFrontAuth } from "./edge/cloudfront-auth.ts";
import { noTokens } from "./edge/no-tokens.ts";
import config from "./inline-config.json" with { type: "json" };

/** The entry of the CloudFront Function for options without tokens. */
export const handler = createCloudFrontAuth(config, noTokens);

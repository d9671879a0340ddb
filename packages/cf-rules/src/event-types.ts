import type { EventType } from "cf-types";

/**
 * The event types of Lambda@Edge, in the order in which a request meets them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
 */
export const eventTypes: readonly EventType[] = [
  "viewer-request",
  "origin-request",
  "origin-response",
  "viewer-response",
];

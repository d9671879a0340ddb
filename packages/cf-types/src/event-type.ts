/**
 * The four spots of the request/response cycle at which CloudFront runs a function, in the order
 * in which a request meets them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
 */
export type EventType = "viewer-request" | "origin-request" | "origin-response" | "viewer-response";

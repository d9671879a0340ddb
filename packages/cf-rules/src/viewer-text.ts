const failedValidation = "The Lambda function result failed validation: ";

/** What CloudFront's error page says of a function that failed; the wording was captured, AWS does not document it. */
export const viewerText = {
  readOnlyHeader: `${failedValidation}The function tried to add, delete, or change a read-only header.`,
  disallowedHeader: `${failedValidation}The function tried to add a blacklisted header.`,
  body: `${failedValidation}The body is not a string, is not an object, or exceeds the maximum size.`,
  uri: `${failedValidation}The function returned a request with an invalid URI format.`,
  notAnObject: "The Lambda function returned invalid JSON: The JSON output must be an object type.",
  notParsable: "The Lambda function returned invalid JSON: The JSON output is not parsable.",
  headerEntry:
    "The Lambda function returned an invalid entry in the headers object: Each header entry in the headers object must be an array.",
  origin:
    "The Lambda function returned an invalid origin configuration: One or more HeaderName or HeaderValue values are invalid.",
  invalidResult: "The Lambda function returned an invalid request or response to CloudFront.",
  execution:
    "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the required permissions.",
  throttled: "The Lambda function associated with the CloudFront distribution was throttled.",
} as const;

/** What it says of a CloudFront Function; that of throttling was not captured and is made like Lambda@Edge's. */
export const cloudFrontFunctionText = {
  readOnlyHeader: "The CloudFront function tried to add, delete, or change a read-only header.",
  disallowedHeader: "The CloudFront function tried to add a blacklisted header.",
  invalidValue: "The CloudFront function returned an invalid value: ",
  originRewrite: "The CloudFront function returned an invalid value for origin rewrite.",
  execution:
    "The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
  throttled: "The CloudFront function associated with the CloudFront distribution was throttled.",
} as const;

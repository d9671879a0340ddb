import { expect, it } from "vitest";
import { cloudFrontFunctionText, viewerText } from "./viewer-text.ts";

it("LE-C-22, LE-C-21, LE-C-23: the sentences of CloudFront's error pages", () => {
  expect(viewerText).toMatchInlineSnapshot(`
    {
      "body": "The Lambda function result failed validation: The body is not a string, is not an object, or exceeds the maximum size.",
      "disallowedHeader": "The Lambda function result failed validation: The function tried to add a blacklisted header.",
      "execution": "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the required permissions.",
      "headerEntry": "The Lambda function returned an invalid entry in the headers object: Each header entry in the headers object must be an array.",
      "invalidResult": "The Lambda function returned an invalid request or response to CloudFront.",
      "notAnObject": "The Lambda function returned invalid JSON: The JSON output must be an object type.",
      "notParsable": "The Lambda function returned invalid JSON: The JSON output is not parsable.",
      "origin": "The Lambda function returned an invalid origin configuration: One or more HeaderName or HeaderValue values are invalid.",
      "readOnlyHeader": "The Lambda function result failed validation: The function tried to add, delete, or change a read-only header.",
      "throttled": "The Lambda function associated with the CloudFront distribution was throttled.",
      "uri": "The Lambda function result failed validation: The function returned a request with an invalid URI format.",
    }
  `);
});

it("FN-I-22, FN-I-23, FN-I-24: the sentences about CloudFront Functions", () => {
  expect(cloudFrontFunctionText).toMatchInlineSnapshot(`
    {
      "disallowedHeader": "The CloudFront function tried to add a blacklisted header.",
      "execution": "The CloudFront function associated with the CloudFront distribution is invalid or could not run.",
      "invalidValue": "The CloudFront function returned an invalid value: ",
      "originRewrite": "The CloudFront function returned an invalid value for origin rewrite.",
      "readOnlyHeader": "The CloudFront function tried to add, delete, or change a read-only header.",
      "throttled": "The CloudFront function associated with the CloudFront distribution was throttled.",
    }
  `);
});

import { randomUUID } from "node:crypto";
import type { LambdaFunction } from "../distribution/edge-functions.ts";
import {
  eventBody,
  groupedByName,
  headerLines,
  headerValue,
  queryParameters,
  requestTime,
} from "./event-parts.ts";
import { cloudFrontAddress, type RoutedRequest } from "./lambda-origin.ts";

/** What REST APIs and HTTP APIs tell differently in this format. */
export interface Format1Context {
  /** `version` is a member of the events of HTTP APIs alone. */
  readonly version: "1.0" | undefined;
  readonly lambda: LambdaFunction;
  /** As the API shows it to the function. */
  readonly path: string;
  /** With the stage. */
  readonly fullPath: string;
  readonly isBinary: boolean;
}

/**
 * Returns the event of payload format 1.0, JSON text: what is absent is null.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function format1Event(asked: RoutedRequest, context: Format1Context): string {
  const { request, domainName, clock, stage, resource, pathParameters } = asked;
  const { version, path, fullPath } = context;
  const [apiId = ""] = domainName.split(".");
  const multiValueHeaders = Object.fromEntries(headerLines(request, domainName));
  const query = groupedByName(queryParameters(request.querystring));
  const { body, isBase64Encoded } = eventBody(request, context.isBinary);
  const nowMs = clock.now();
  const httpMethod = request.method;
  return JSON.stringify({
    ...(version === undefined ? {} : { version }),
    resource,
    path,
    httpMethod,
    headers: lastOf(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: orNull(lastOf(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: orNull(pathParameters),
    stageVariables: orNull(stage.variables),
    requestContext: {
      accountId: context.lambda.arn.split(":")[4],
      apiId,
      domainName,
      domainPrefix: apiId,
      extendedRequestId: randomUUID(),
      httpMethod,
      identity: {
        ...noIdentity,
        sourceIp: cloudFrontAddress,
        userAgent: headerValue(request, "user-agent"),
      },
      path: fullPath,
      protocol: "HTTP/1.1",
      requestId: randomUUID(),
      requestTime: requestTime(nowMs),
      requestTimeEpoch: nowMs,
      resourceId: null,
      resourcePath: resource,
      stage: stage.name,
    },
    body: body ?? null,
    isBase64Encoded,
  });
}

const noIdentity = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

function lastOf(
  grouped: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(grouped).map(([name, values]) => [name, values.at(-1) ?? ""]),
  );
}

function orNull<Value extends object>(value: Value): Value | null {
  return Object.keys(value).length > 0 ? value : null;
}

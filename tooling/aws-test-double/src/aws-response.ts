/** A response of the test double. */
export interface AwsResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Responds to a form's operation as AWS's query services do. */
export function queryResponse(operation: string, result: string): AwsResponse {
  return xmlResponse(
    `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`,
  );
}

/** Responds with XML. */
export function xmlResponse(
  body: string,
  headers: Readonly<Record<string, string>> = {},
): AwsResponse {
  return { status: 200, headers: { "content-type": "text/xml", ...headers }, body };
}

/** Responds with JSON. */
export function jsonResponse(value: unknown): AwsResponse {
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify(value),
  };
}

/** Responds with an error in each of the forms in which the SDK looks for it. */
export function errorResponse(
  { service }: { readonly service: string },
  status: number,
  code: string,
  message: string,
): AwsResponse {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  if (
    ["ssm", "logs", "acm", "lambda", "cloudfront-keyvaluestore", "monitoring", "tagging"].includes(
      service,
    )
  ) {
    return {
      status,
      headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code },
      body: JSON.stringify({ __type: code, message }),
    };
  }
  const body = service === "s3" ? error : `<ErrorResponse>${error}</ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml" }, body };
}

/** Returns the text as it stands between two tags. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

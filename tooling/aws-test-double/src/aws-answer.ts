/** What the test double answers. */
export interface AwsAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Answers a form's operation as AWS's query services do. */
export function queryAnswer(operation: string, result: string): AwsAnswer {
  return xmlAnswer(
    `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`,
  );
}

/** Answers with XML. */
export function xmlAnswer(body: string, headers: Readonly<Record<string, string>> = {}): AwsAnswer {
  return { status: 200, headers: { "content-type": "text/xml", ...headers }, body };
}

/** Answers with JSON. */
export function jsonAnswer(value: unknown): AwsAnswer {
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify(value),
  };
}

/** Answers with an error in each of the forms in which the SDK looks for it. */
export function errorAnswer(
  { service }: { readonly service: string },
  status: number,
  code: string,
  message: string,
): AwsAnswer {
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

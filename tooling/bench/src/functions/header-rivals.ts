import type { ViewerResponseHandler } from "cf-types";
import middy from "@middy/core";
import httpSecurityHeaders from "@middy/http-security-headers";
import helmet from "helmet";

/** helmet behind the least that can stand between it and an event: a response that collects headers. */
export function helmetHandler(): ViewerResponseHandler {
  const apply = helmet();
  return async (event) => {
    const { response } = event.Records[0].cf;
    const collected = {
      setHeader(name: string, value: string): void {
        response.headers[name.toLowerCase()] = [{ key: name, value }];
      },
      removeHeader(name: string): void {
        delete response.headers[name.toLowerCase()];
      },
    };
    apply({} as never, collected as never, () => {});
    return response;
  };
}

/** middy with its security headers, which are for HTTP events: the flat headers become an event's. */
export function middyHandler(): ViewerResponseHandler {
  const answer = middy(async () => ({ statusCode: 200, headers: {} })).use(httpSecurityHeaders());
  return async (event) => {
    const { response } = event.Records[0].cf;
    const result: unknown = await answer({}, {} as never);
    const { headers } = result as { readonly headers: Readonly<Record<string, string>> };
    for (const [name, value] of Object.entries(headers)) {
      response.headers[name.toLowerCase()] = [{ key: name, value }];
    }
    return response;
  };
}

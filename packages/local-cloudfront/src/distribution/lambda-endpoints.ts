import type { Distribution } from "./distribution.ts";
import type { OriginFunction } from "./edge-functions.ts";

/** What stands in front of Lambda functions and has a host name that an origin may be at. */
export type LambdaEndpoint = FunctionUrl | HttpApi | RestApi;

/** `AWS::Lambda::Url`. */
export interface FunctionUrl {
  readonly kind: "function-url";
  readonly logicalId: string;
  readonly lambda: OriginFunction;
  /** `AWS_IAM` lets in signed requests alone. */
  readonly authType: "NONE" | "AWS_IAM";
  /** What its resource policy lacks for requests of the distribution to be let in; undefined for nothing. */
  readonly lacksPermission: string | undefined;
}

/** `AWS::ApiGatewayV2::Api` with the protocol HTTP. */
export interface HttpApi {
  readonly kind: "http-api";
  readonly logicalId: string;
  readonly stages: readonly ApiStage[];
  /** The path of the route `$default` is undefined. */
  readonly routes: readonly ApiRoute[];
}

/** `AWS::ApiGateway::RestApi`. */
export interface RestApi {
  readonly kind: "rest-api";
  readonly logicalId: string;
  readonly stages: readonly ApiStage[];
  readonly routes: readonly ApiRoute[];
  /** Media types whose bodies are binary, as in `image/*`. */
  readonly binaryMediaTypes: readonly string[];
}

/** A deployed stage of an API. */
export interface ApiStage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** A method on a path, and what answers it. */
export interface ApiRoute {
  /** In capitals; `ANY` is each that has no route of its own. */
  readonly method: string;
  /** As in `/pets/{id}` or `/{proxy+}`. */
  readonly path: string | undefined;
  readonly integration: ApiIntegration;
}

/** What answers the requests of a route. */
export type ApiIntegration =
  | {
      readonly kind: "lambda";
      readonly lambda: OriginFunction;
      readonly payloadFormat: "1.0" | "2.0";
      readonly timeoutMs: number;
      /** Whether the function's resource policy, or a role, lets the API invoke it. */
      readonly mayInvoke: boolean;
    }
  /** A fixed response, as CORS preflights of REST APIs have it. */
  | {
      readonly kind: "mock";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** An authorizer or an API key guards it, and neither is checked here: nobody is let in. */
  | { readonly kind: "guarded"; readonly status: 401 | 403; readonly reason: string }
  /** What answers it does not run here. */
  | { readonly kind: "unavailable"; readonly reason: string };

/** Returns the functions behind the origins of a distribution, each once. */
export function originFunctionsOf({ origins }: Distribution): readonly OriginFunction[] {
  const functions = [...origins.values()].flatMap(({ content }) =>
    content.kind === "lambda" ? functionsBehind(content.endpoint) : [],
  );
  return [...new Set(functions)];
}

function functionsBehind(endpoint: LambdaEndpoint): readonly OriginFunction[] {
  if (endpoint.kind === "function-url") return [endpoint.lambda];
  return endpoint.routes.flatMap(({ integration }) =>
    integration.kind === "lambda" ? integration.lambda : [],
  );
}

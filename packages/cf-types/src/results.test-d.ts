import { expectTypeOf, test } from "vitest";
import type {
  CustomOrigin,
  Origin,
  OriginRequestEvent,
  OriginRequestHandler,
  OriginRequestResult,
  OriginResponseEvent,
  OriginResponseHandler,
  S3Origin,
  ViewerRequestEvent,
  ViewerRequestHandler,
  ViewerRequestResult,
  ViewerResponseEvent,
  ViewerResponseHandler,
  ViewerResponseResult,
} from "./index.ts";

type Cf<Event extends { Records: [{ cf: unknown }] }> = Event["Records"][0]["cf"];

test("LE-B-01: an event has exactly one record", () => {
  expectTypeOf<ViewerRequestEvent["Records"]["length"]>().toEqualTypeOf<1>();
});

test("a function that returns what its event carries has the right type", () => {
  const viewerRequest: ViewerRequestHandler = async (event) => event.Records[0].cf.request;
  const originRequest: OriginRequestHandler = async (event) => event.Records[0].cf.request;
  const originResponse: OriginResponseHandler = async (event) => event.Records[0].cf.response;
  const viewerResponse: ViewerResponseHandler = async (event) => event.Records[0].cf.response;
  expectTypeOf([viewerRequest, originRequest, originResponse, viewerResponse]).toBeArray();
});

test("LE-B-53: a request handler may return a response, a response handler no request", () => {
  expectTypeOf<{ status: "302" }>().toExtend<ViewerRequestResult>();
  expectTypeOf<{ status: "302" }>().toExtend<OriginRequestResult>();
  expectTypeOf<Cf<OriginResponseEvent>["request"]>().not.toExtend<ViewerResponseResult>();
});

test("LE-B-28: only origin events carry an origin", () => {
  expectTypeOf<Cf<ViewerRequestEvent>["request"]>().not.toHaveProperty("origin");
  expectTypeOf<Cf<ViewerResponseEvent>["request"]>().not.toHaveProperty("origin");
  expectTypeOf<Cf<OriginRequestEvent>["request"]>().toHaveProperty("origin");
  expectTypeOf<Cf<OriginResponseEvent>["request"]>().toHaveProperty("origin");
});

test("LE-B-29: an origin is custom or S3, never both and never neither", () => {
  expectTypeOf<{ custom: CustomOrigin; s3: S3Origin }>().not.toExtend<Origin>();
  expectTypeOf<Record<never, never>>().not.toExtend<Origin>();
  expectTypeOf<{ s3: S3Origin }>().toExtend<Origin>();
});

test("LE-B-49: a response event has no body", () => {
  expectTypeOf<Cf<OriginResponseEvent>["response"]>().not.toHaveProperty("body");
});

test("LE-D-02, LE-D-26: status and body are strings", () => {
  expectTypeOf<{ status: number }>().not.toExtend<ViewerRequestResult>();
  expectTypeOf<{ status: "200"; body: { a: 1 } }>().not.toExtend<ViewerRequestResult>();
});

test("LE-D-17: a viewer-response result has no body", () => {
  expectTypeOf<{ status: "200"; body: "x" }>().not.toExtend<ViewerResponseResult>();
});

test("LE-D-25: the shape of API Gateway is no result", () => {
  expectTypeOf<{ statusCode: 200; body: "x" }>().not.toExtend<ViewerRequestResult>();
});

test("LE-B-05: method and client address of an event cannot be assigned", () => {
  const handler: ViewerRequestHandler = async (event) => {
    const { request } = event.Records[0].cf;
    // @ts-expect-error -- read-only at every event
    request.method = "POST";
    // @ts-expect-error -- read-only at every event
    request.clientIp = "192.0.2.1";
    return request;
  };
  expectTypeOf(handler).toBeFunction();
});

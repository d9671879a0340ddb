import type {
  CloudFrontHeaders,
  CloudFrontRequestEvent,
  CloudFrontRequestResult,
  CloudFrontResponseEvent,
  CloudFrontResponseResult,
} from "aws-lambda";
import { expectTypeOf, test } from "vitest";
import type {
  EventHeaders,
  OriginRequestEvent,
  OriginRequestResult,
  OriginResponseEvent,
  OriginResponseResult,
  ResultHeaders,
  ViewerRequestEvent,
  ViewerRequestResult,
  ViewerResponseEvent,
  ViewerResponseResult,
} from "./index.ts";

test("each event is assignable to the event of @types/aws-lambda", () => {
  expectTypeOf<ViewerRequestEvent>().toExtend<CloudFrontRequestEvent>();
  expectTypeOf<OriginRequestEvent>().toExtend<CloudFrontRequestEvent>();
  expectTypeOf<OriginResponseEvent>().toExtend<CloudFrontResponseEvent>();
  expectTypeOf<ViewerResponseEvent>().toExtend<CloudFrontResponseEvent>();
});

test("each result is assignable to the result of @types/aws-lambda", () => {
  expectTypeOf<ViewerRequestResult>().toExtend<CloudFrontRequestResult>();
  expectTypeOf<OriginRequestResult>().toExtend<CloudFrontRequestResult>();
  expectTypeOf<OriginResponseResult>().toExtend<CloudFrontResponseResult>();
  expectTypeOf<ViewerResponseResult>().toExtend<CloudFrontResponseResult>();
});

test("headers of events and results are assignable to the headers of @types/aws-lambda", () => {
  expectTypeOf<EventHeaders>().toExtend<CloudFrontHeaders>();
  expectTypeOf<ResultHeaders>().toExtend<CloudFrontHeaders>();
  expectTypeOf<EventHeaders>().toExtend<ResultHeaders>();
});

import type { ViewerRequestEvent, ViewerResponseEvent } from "cf-types";
import { expect, it } from "vitest";
import { cloudFrontFunctionEvent } from "./cloudfront-function-event.ts";
import type { LoadedCloudFrontFunction } from "./load-cloudfront-function.ts";
import {
  type LambdaEdgeResult,
  plainCloudFrontFunctionResult,
  plainLambdaEdgeResult,
} from "./plain-result.ts";

/** What both engines are asked. */
export interface EnginesComparison<Event extends ViewerRequestEvent | ViewerResponseEvent> {
  /** The handler for Lambda@Edge, with the same options. */
  readonly handler: (event: Event) => Promise<LambdaEdgeResult>;
  readonly events: readonly Event[];
}

/** Adds the tests that hold of every package that is built for both engines, inside of a `describe`. */
export function testBothEngines<Event extends ViewerRequestEvent | ViewerResponseEvent>(
  artefact: LoadedCloudFrontFunction,
  { handler, events }: EnginesComparison<Event>,
): void {
  it.each(events)("decide alike, event %$", async (event) => {
    const result = await artefact.run(cloudFrontFunctionEvent(event));
    expect(plainCloudFrontFunctionResult(result)).toEqual(
      plainLambdaEdgeResult(await handler(structuredClone(event))),
    );
  });
}

import type { EventType } from "./event-type.ts";

/** What every event says of its distribution and request; read-only (LE-B-02). */
export interface EventConfig<Type extends EventType> {
  readonly distributionDomainName: string;
  readonly distributionId: string;
  readonly eventType: Type;
  /** Equal to the `X-Amz-Cf-Id` header of the response and to `x-edge-request-id` in the logs (LE-B-03). */
  readonly requestId: string;
}

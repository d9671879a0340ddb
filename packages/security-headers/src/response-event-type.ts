import type { EventType } from "cf-types";

/** The event types at which this function can run. */
export type ResponseEventType = Extract<EventType, "viewer-response" | "origin-response">;

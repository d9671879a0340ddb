import { createStoredOriginSelect } from "./edge/stored-origin-select.ts";
import config from "./stored-config.json" with { type: "json" };

/** The entry of the CloudFront Function that has a key value store: the other options stand in the code in front of it. */
export const handler = createStoredOriginSelect(config);

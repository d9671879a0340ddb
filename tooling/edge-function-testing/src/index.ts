export { loadArtefact } from "./load-artefact.ts";
export { originRequestEvent } from "./origin-request-event.ts";
export { originResponseEvent } from "./origin-response-event.ts";
export { viewerRequestEvent } from "./viewer-request-event.ts";
export { viewerResponseEvent } from "./viewer-response-event.ts";
export { testArtefact } from "./test-artefact.ts";
export { synthesizedCacheBehavior, synthesizedSite } from "./synthesized-site.ts";

import type { CacheKeySource, TracedCacheKey } from "../../../src/trace/traced-cache-key.ts";
import { Rule } from "./rule.tsx";

const sources: Readonly<Record<CacheKeySource, string>> = {
  viewer: "from the viewer",
  "viewer-request": "from the viewer-request function",
  "default-root-object": "the default root object",
  "custom-error-response": "the custom error page",
  cloudfront: "from CloudFront",
};

/** The components of a cache key: two requests with the same ones share an object. */
export function CacheKeyTable({ cacheKey }: { readonly cacheKey: TracedCacheKey }) {
  const { components, leftOut, cachePolicy } = cacheKey;
  return (
    <div class="cache-key">
      <h4>
        Cache key <span class="dim">by {cachePolicy}</span>
      </h4>
      <ul>
        {components.map(({ kind, name, value, source, rule }, index) => (
          <li key={index}>
            <span class="component">
              <span class="part">{kind}</span> {name !== "" && <span>{name}=</span>}
              <code>{value}</code>
            </span>
            <span class="source">{sources[source]}</span>
            <span class="reason">
              <Rule text={rule} />
            </span>
          </li>
        ))}
      </ul>
      {leftOut.length > 0 && (
        <p class="left-out">
          <span class="label">No part of it</span>{" "}
          {leftOut.map(({ kind, name }) => `${kind} ${name}`).join(", ")}
        </p>
      )}
    </div>
  );
}

/** What has to be reached, by the median. */
export type Bar = { readonly atLeast: number } | { readonly atMost: number };

/** All bars, by the name of their row; README.md has the same table. */
export const bars = {
  "hit: local-cloudfront : bare node:http": { atLeast: 0.2 },
  "hit: local-cloudfront : serverless-offline-edge-lambda": { atLeast: 5 },
  "hit: local-cloudfront : cdk-local": { atLeast: 12 },
  "hit: CloudFront Functions : Lambda@Edge": { atLeast: 1 },
  "miss: local-cloudfront : bare node:http": { atLeast: 0.06 },
  "start: local-cloudfront : cdk-local": { atMost: 0.25 },
  "synth: with kept code : without": { atMost: 0.9 },
  "memory: after 1,000,000 requests, MB": { atMost: 200 },
  "memory: 1,000,000 : 10,000 requests": { atMost: 1.3 },
  "replay: Lambda@Edge : bare node:http": { atLeast: 0.06 },
  "replay: CloudFront Functions : bare node:http": { atLeast: 0.06 },
  "replay: peak of 1,000,000 lines, MB": { atMost: 700 },
  "call: spa-rewrite : by hand": { atMost: 1.3 },
  "call: secret-redirect : by hand": { atMost: 1.3 },
  "call: security-headers : by hand": { atMost: 1.3 },
  "call: helmet : security-headers": { atLeast: 4 },
  "call: middy : security-headers": { atLeast: 10 },
  "call: 10,000 rules : 10 rules": { atMost: 4 },
  "njs: spa-rewrite : by hand": { atMost: 1.5 },
  "njs: secret-redirect : by hand": { atMost: 1.5 },
  "njs: security-headers : by hand": { atMost: 1.5 },
  "cold: spa-rewrite : helmet, above empty": { atMost: 0.5 },
  "cold: secret-redirect : helmet, above empty": { atMost: 0.5 },
  "cold: security-headers : helmet, above empty": { atMost: 0.5 },
  "size: spa-rewrite, bytes": { atMost: 4096 },
  "size: secret-redirect, bytes": { atMost: 4096 },
  "size: security-headers, bytes": { atMost: 4096 },
  "size: cache-headers, bytes": { atMost: 4096 },
  "size: locale, bytes": { atMost: 4096 },
  "size: origin-select, bytes": { atMost: 4096 },
} as const satisfies Readonly<Record<string, Bar>>;

/** The name of a row that has a bar. */
export type BarName = keyof typeof bars;

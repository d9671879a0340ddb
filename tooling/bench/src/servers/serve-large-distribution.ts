import { LocalCloudFront } from "local-cloudfront";

// `node serve-large-distribution.ts <template> <site> <port>`: a distribution beyond AWS's quota.
const [assembly = "", site = "", port = "0"] = process.argv.slice(2);
await LocalCloudFront.start({
  assembly,
  port: Number(port),
  origins: { site },
  quotas: { cacheBehaviorsPerDistribution: 1000 },
});

import { publishPlan } from "../lib/publish/publish-plan.ts";
import { publishSite } from "../lib/publish/publish-site.ts";
import { testDistributionId } from "./aws-test-double/cloudfront.ts";
import { testDoubleClients } from "./aws-test-double/test-double-clients.ts";

// The process that a test ends by a signal.
const [url = "", folder = "", bucketName = ""] = process.argv.slice(2);
await publishSite(publishPlan(folder, "/assets/*"), {
  ...testDoubleClients(url),
  bucketName,
  distributionId: testDistributionId,
});
